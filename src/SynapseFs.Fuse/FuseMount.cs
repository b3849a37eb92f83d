using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Mounting;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Fuse.Session;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse;

/// <summary>
/// A filesystem on a directory, from <see cref="StartAsync"/> until somebody unmounts it. The process that holds it must not
/// touch the directory itself: the kernel would wait for an answer from the thread that waits.
/// </summary>
public sealed class FuseMount : IAsyncDisposable
{
    /// <summary>How long to wait for readers after the mount is gone; they only have to notice.</summary>
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(2);

    private readonly MountedDevice _mounted;
    private readonly FuseSession _session;
    private readonly FuseKernelCache _kernelCache;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private Task? _disposal;

    private FuseMount(MountedDevice mounted, FuseSession session, FuseKernelCache kernelCache, ILogger logger)
    {
        _mounted = mounted;
        _session = session;
        _kernelCache = kernelCache;
        _logger = logger;
    }

    /// <summary>Completes when the filesystem is unmounted, by whomever, and its last request has ended. Never fails.</summary>
    public Task Completion => _session.Completion;

    /// <summary>Whether the kernel reads backing files itself.</summary>
    public PassthroughState Passthrough => _session.Passthrough;

    /// <summary>Mounts and returns once the kernel's first request is answered: from then on the directory works.</summary>
    /// <exception cref="FuseMountException">It cannot be mounted; the message says why and what to do.</exception>
    public static async Task<FuseMount> StartAsync(
        IFileSystem fileSystem, FuseMountOptions options, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        var logger = loggerFactory.CreateLogger<FuseMount>();

        // Mounting and the handshake block; not on the caller's thread.
        return await Task.Run(() => Start(fileSystem, options, logger), cancellationToken);
    }

    /// <summary>
    /// Throws now what <see cref="StartAsync"/> would throw for the device or the directory, before longer work is done for nothing.
    /// Clears what a dead mount left behind there.
    /// </summary>
    /// <exception cref="FuseMountException">It cannot be mounted; the message says why and what to do.</exception>
    public static void Require(FuseMountOptions options, ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        Mounter.Require(options, loggerFactory.CreateLogger<FuseMount>());
    }

    /// <summary>Unmounts; whoever still uses the directory is cut off. Waits until no request is being worked on.</summary>
    public async ValueTask DisposeAsync()
    {
        Task disposal;
        lock (_lock)
            disposal = _disposal ??= EndAsync();
        await disposal;
    }

    private static FuseMount Start(IFileSystem fileSystem, FuseMountOptions options, ILogger logger)
    {
        var mounted = Mounter.Mount(options, logger);
        var device = new FuseDevice(mounted.Descriptor, logger);
        var kernelCache = new FuseKernelCache(logger);
        var inFlight = new RequestsInFlight();
        var encoding = new AttributeEncoding(Libc.getuid(), Libc.getgid());
        var dispatcher = new FuseDispatcher(fileSystem, inFlight, encoding, TimeProvider.System, logger);
        var session = new FuseSession(device, dispatcher, inFlight, logger);
        try
        {
            session.ShakeHands(options.Passthrough);
            kernelCache.TakesBackingFiles = session.Passthrough == PassthroughState.Used;
            fileSystem.Attach(kernelCache);
        }
        catch (Exception problem)
        {
            mounted.Abandon();
            session.Dispose();
            kernelCache.Dispose();
            throw problem is IOException ? new FuseMountException(MountFailure.Refused, problem.Message, problem) : problem;
        }

        kernelCache.Start(device);
        session.Start(options.Readers);
        if (mounted.Mountpoint is { } mountpoint)
            ReadAhead.Widen(mountpoint, logger);
        Log.Mounted(logger, options.Mountpoint);
        return new FuseMount(mounted, session, kernelCache, logger);
    }

    private async Task EndAsync()
    {
        // Readers that failed left the directory mounted with nobody to answer.
        if ((!Completion.IsCompleted || _session.HasFailed) && _mounted.Mountpoint is { } mountpoint)
            await Task.Run(() => End(mountpoint));
        try
        {
            await Completion.WaitAsync(ReaderPatience);
            Log.Unmounted(_logger, _mounted.Shown);
        }
        catch (TimeoutException)
        {
            // An ordinary user whose /sys has no FUSE connections cannot cut the kernel off, so we stop answering instead.
            Log.ReadersRemain(_logger, _mounted.Shown);
            await _session.CutOffAsync();
            return;
        }

        _kernelCache.Dispose();
        _session.Dispose();
    }

    private void End(string mountpoint)
    {
        try
        {
            Unmounter.UnmountOrCutOff(mountpoint, _logger);
        }
        catch (FuseMountException problem)
        {
            Log.UnmountFailed(_logger, mountpoint, problem.Message);
        }
    }
}
