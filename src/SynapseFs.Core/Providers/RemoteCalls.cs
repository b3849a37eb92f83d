using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>The one door to providers: keeps them unasked when the mount is offline, and remembers how the last calls went.</summary>
internal sealed class RemoteCalls(MountParts parts)
{
    private readonly Lock _lock = new();
    private string? _lastProblem;
    private DateTimeOffset? _offlineSince = parts.Options.Offline ? parts.Time.GetUtcNow() : null;

    public RemoteStanding Standing
    {
        get
        {
            lock (_lock)
                return new RemoteStanding(_offlineSince, _lastProblem);
        }
    }

    /// <summary>Carries out one call of this provider.</summary>
    /// <exception cref="FsException">As the other.</exception>
    public Task<TResult> AskAsync<TResult>(
        NodeProvider provider, Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken) =>
        provider.AsksRemotely ? AskAsync(call, cancellationToken) : call(cancellationToken);

    /// <summary>Carries out one provider call.</summary>
    /// <exception cref="FsException">What the provider throws, and Offline when the mount must not call.</exception>
    public async Task<TResult> AskAsync<TResult>(Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        if (parts.Options.Offline)
            throw new FsException(FsError.Offline, "The mount is offline by request and this is not known locally.");
        try
        {
            var result = await call(cancellationToken);
            Succeeded();
            return result;
        }
        catch (FsException failure)
        {
            Failed(failure);
            throw;
        }
        catch (NotSupportedException failure)
        {
            throw new FsException(FsError.InputOutput, "A provider failed to answer.", failure);
        }
    }

    /// <summary>A call already under way failed, such as a download in its middle.</summary>
    public void Failed(FsException failure)
    {
        // These say something about the thing asked for, not about how the service is doing: it did answer.
        if (failure is ChangeRefusedException || failure.Error is FsError.NotFound or FsError.AccessDenied or FsError.NotADirectory or FsError.NotSupported
            or FsError.StorageDown)
        {
            Succeeded();
            return;
        }

        var wentOffline = false;
        lock (_lock)
        {
            _lastProblem = failure.Message;
            if (failure.Error == FsError.Offline && _offlineSince is null)
            {
                _offlineSince = parts.Time.GetUtcNow();
                wentOffline = true;
            }
        }

        if (wentOffline)
            Log.WentOffline(parts.Log, failure.Message);
    }

    private void Succeeded()
    {
        var cameBack = false;
        lock (_lock)
        {
            _lastProblem = null;
            if (_offlineSince is not null)
                (cameBack, _offlineSince) = (true, null);
        }

        if (cameBack)
            Log.CameBack(parts.Log);
    }
}

/// <summary>How the remote service has been answering.</summary>
internal readonly record struct RemoteStanding(DateTimeOffset? OfflineSince, string? LastProblem);
