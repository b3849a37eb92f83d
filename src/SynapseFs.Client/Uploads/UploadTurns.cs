using SynapseFs.Api;

namespace SynapseFs.Client.Uploads;

/// <summary>
/// Uploads of the same content under the same name one after the other: the service takes them for one upload, which both would add the
/// same parts to. Whoever comes second finds it complete.
/// </summary>
internal sealed class UploadTurns
{
    private readonly Lock _lock = new();

    // Guarded by _lock; gone with the last who wants it.
    private readonly Dictionary<MultipartUploadRequest, Turn> _turns = [];

    public async Task<string> TakeAsync(MultipartUploadRequest request, Func<Task<string>> upload, CancellationToken cancellationToken)
    {
        var turn = Enter(request);
        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            try
            {
                return await upload();
            }
            finally
            {
                turn.Free.Release();
            }
        }
        finally
        {
            Leave(request, turn);
        }
    }

    private Turn Enter(MultipartUploadRequest request)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(request, out var turn))
                _turns.Add(request, turn = new Turn());
            turn.Users++;
            return turn;
        }
    }

    private void Leave(MultipartUploadRequest request, Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Users > 0)
                return;
            _turns.Remove(request);
        }

        turn.Free.Dispose();
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
