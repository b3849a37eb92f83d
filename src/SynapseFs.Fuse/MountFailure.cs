namespace SynapseFs.Fuse;

/// <summary>Why a mount or an unmount did not come about.</summary>
public enum MountFailure
{
    /// <summary>There is no /dev/fuse.</summary>
    NoDevice,
    /// <summary>/dev/fuse may not be opened by this user.</summary>
    DeviceRefused,
    /// <summary>An ordinary user needs fusermount3, and it is not installed.</summary>
    NoFusermount,
    MountpointMissing,
    NotADirectory,
    NotEmpty,
    AlreadyMounted,
    /// <summary>/etc/fuse.conf does not permit allow_other.</summary>
    AllowOtherRefused,
    /// <summary>Unmount: nothing is mounted there.</summary>
    NotMounted,
    /// <summary>Unmount: somebody uses it.</summary>
    Busy,
    /// <summary>The kernel or fusermount3 refused for another reason, which the message names.</summary>
    Refused,
}
