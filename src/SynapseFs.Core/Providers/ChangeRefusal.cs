namespace SynapseFs.Core.Providers;

/// <summary>Why the remote side did not take a change: each has its own answer.</summary>
public enum ChangeRefusal
{
    /// <summary>Something else has the name by now.</summary>
    NameTaken,
    /// <summary>The content was changed since.</summary>
    ContentChanged,
    /// <summary>It was renamed or moved since.</summary>
    PlaceChanged,
    /// <summary>An extended attribute was changed since.</summary>
    XattrsChanged,
    /// <summary>It was deleted since.</summary>
    Gone,
    /// <summary>The directory it is to be in was deleted since.</summary>
    ParentGone,
    /// <summary>A directory to be deleted holds something that was not known here.</summary>
    NotEmpty,
    /// <summary>The account may not do this; somebody has to permit it.</summary>
    NotAllowed,
    /// <summary>The account may not do this before it has agreed to something.</summary>
    NotAgreed,
    /// <summary>The remote storage's allowance is used up.</summary>
    OverQuota,
    /// <summary>The credentials are no longer taken.</summary>
    NotSignedIn,
    /// <summary>The remote side can never hold this as it is: its name, its size, its kind.</summary>
    Impossible,
}

/// <summary>The remote side answered, and refused a change. Everything else that fails is trouble that may pass by itself.</summary>
public sealed class ChangeRefusedException : Vfs.FsException
{
    public ChangeRefusedException(ChangeRefusal refusal, string message, Exception? innerException = null)
        : base(ErrorOf(refusal), message, innerException!) => Refusal = refusal;

    public ChangeRefusal Refusal { get; }

    /// <summary>The extended attributes that it is about; empty: all that were to be changed.</summary>
    public IReadOnlyList<string> Xattrs { get; init; } = [];

    private static Vfs.FsError ErrorOf(ChangeRefusal refusal) => refusal switch
    {
        ChangeRefusal.NameTaken => Vfs.FsError.AlreadyExists,
        ChangeRefusal.ContentChanged or ChangeRefusal.PlaceChanged or ChangeRefusal.XattrsChanged => Vfs.FsError.Conflict,
        ChangeRefusal.Gone or ChangeRefusal.ParentGone => Vfs.FsError.NotFound,
        ChangeRefusal.NotEmpty => Vfs.FsError.NotEmpty,
        ChangeRefusal.NotAllowed or ChangeRefusal.NotAgreed => Vfs.FsError.AccessDenied,
        ChangeRefusal.OverQuota => Vfs.FsError.OverQuota,
        ChangeRefusal.NotSignedIn => Vfs.FsError.NotSignedIn,
        _ => Vfs.FsError.InvalidArgument,
    };
}
