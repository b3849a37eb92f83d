using SynapseFs.Fuse;

namespace SynapseFs.Cli.Mounting;

/// <summary>Whether the kernel reads cached files itself, in words.</summary>
internal static class PassthroughText
{
    public static string Of(PassthroughState state) => state switch
    {
        PassthroughState.Used => "used",
        PassthroughState.SwitchedOff => "not used: --no-passthrough",
        PassthroughState.NotOffered => "not used: the kernel has none (Linux 6.9 with CONFIG_FUSE_PASSTHROUGH)",
        _ => "not used: this process lacks CAP_SYS_ADMIN",
    };
}
