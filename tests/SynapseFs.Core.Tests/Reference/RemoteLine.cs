using System.Diagnostics;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reference;

/// <summary>How changes travel to the remote side, and their answers back.</summary>
internal enum LineQuality
{
    Good,
    /// <summary>One in three changes does not arrive, and of those that do the answer of one in three is lost.</summary>
    Bad,
    /// <summary>A change is on its way for a step, and so is its answer.</summary>
    Slow,
    /// <summary>For four steps each.</summary>
    VerySlow,
}

/// <summary>The way of changes from the engine to the scripted world and back.</summary>
internal sealed class RemoteLine
{
    private const int Lost = 3;
    private static readonly string[] Changes = ["create", "refer", "update", "delete"];
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly int _pace;
    private TaskCompletionSource? _gate;
    private int _sent;
    private int _answered;
    private int _held;
    private int _steps;

    public RemoteLine(World world, LineQuality quality)
    {
        _pace = quality switch { LineQuality.Slow => 1, LineQuality.VerySlow => 4, _ => 0 };
        if (quality == LineQuality.Bad)
        {
            world.OnCall = (call, _) => Changes.Contains(call.Verb) ? LoseSomeAsync(ref _sent) : Task.CompletedTask;
            world.OnLeave = (_, _) => LoseSomeAsync(ref _answered);
        }
        else if (_pace > 0)
        {
            world.OnCall = (call, token) => Changes.Contains(call.Verb) ? HoldAsync(token) : Task.CompletedTask;
            world.OnLeave = (_, token) => HoldAsync(token);
            Hold();
        }
    }

    /// <summary>A step is over: what can be sent sets out, and what has travelled for long enough arrives.</summary>
    /// <param name="isAnythingPending">Whether anything may still set out.</param>
    public async Task PassAsync(Func<bool> isAnythingPending)
    {
        if (_pace == 0)
            return;
        var before = Volatile.Read(ref _held);
        var clock = Stopwatch.StartNew();
        while (Volatile.Read(ref _held) == before && clock.Elapsed < Moment && isAnythingPending())
            await Task.Yield();
        if (++_steps % _pace != 0)
            return;
        LetGo();
        Hold();
    }

    /// <summary>Nothing is held until the answer is disposed.</summary>
    public IDisposable LetThrough()
    {
        LetGo();
        return new Open(this);
    }

    private static Task LoseSomeAsync(ref int count) => Interlocked.Increment(ref count) % Lost == 0
        ? throw new FsException(FsError.Offline, "The line is bad.")
        : Task.CompletedTask;

    private void Hold()
    {
        if (_pace > 0)
            Volatile.Write(ref _gate, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private void LetGo() => Interlocked.Exchange(ref _gate, null)?.SetResult();

    private Task HoldAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _held);
        return Volatile.Read(ref _gate)?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    private sealed class Open(RemoteLine line) : IDisposable
    {
        public void Dispose() => line.Hold();
    }
}
