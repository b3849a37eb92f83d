namespace SynapseFs.Fuse;

/// <summary>Where and how a filesystem is mounted.</summary>
public sealed record FuseMountOptions
{
    /// <summary>An empty directory, or <c>/dev/fd/N</c>: an open and mounted descriptor of /dev/fuse that was handed in.</summary>
    public required string Mountpoint { get; init; }

    /// <summary>What mount(8) and df(1) show as the device.</summary>
    public required string Source { get; init; }

    /// <summary>Lets other users in (root too). Ordinary users need user_allow_other in /etc/fuse.conf for it.</summary>
    public bool AllowOther { get; init; }

    /// <summary>The kernel itself refuses changes with EROFS.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Lets the kernel read backing files itself, where it and this process' rights permit that.</summary>
    public bool Passthrough { get; init; } = true;

    /// <summary>Threads that read requests, at least 1.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);
}
