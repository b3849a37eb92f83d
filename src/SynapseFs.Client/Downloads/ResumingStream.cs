using System.Net.Http.Headers;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// Bytes of one content in order, whatever happens to the connections that bring them. Each byte is delivered once: after any break
/// the next request begins at the first byte not yet delivered. Tries are counted only while nothing comes through.
/// </summary>
internal sealed class ResumingStream : ForwardStream
{
    private readonly StorageReader _reader;
    private readonly FileHandleAssociation _association;
    private readonly RequestPriority _priority;
    private long _position;
    private long? _end;
    private StorageConnection? _connection;
    private ContentPlace? _place;
    private EntityTagHeaderValue? _tag;
    private int _failures;
    private int _refusals;
    private long _troubleSince;
    private bool _disposed;

    public ResumingStream(StorageReader reader, FileHandleAssociation association, long position, long? end, RequestPriority priority)
    {
        _reader = reader;
        _association = association;
        _position = position;
        _end = end;
        _priority = priority;
    }

    /// <summary>Makes the connection now instead of at the first read.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        while (!await TryAsync(() => ConnectOnceAsync(cancellationToken), cancellationToken))
        {
            // Each round that comes back here has waited; a last failure throws.
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var read = 0;
        while (read == 0 && buffer.Length > 0 && !(_position >= _end))
        {
            await TryAsync(async () =>
            {
                await ConnectOnceAsync(cancellationToken);
                read = await ReadOnceAsync(buffer, cancellationToken);
            }, cancellationToken);
        }
        if (_position >= _end)
            Disconnect();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        Disconnect();
        base.Dispose(disposing);
    }

    private async Task ConnectOnceAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null || _position >= _end)
            return;
        _connection = await _reader.ConnectAsync(_association, _position, _end, _priority, place => _place = place, cancellationToken);
        if (_connection is null)
            _end = _position;
        else if ((_connection.Total ?? _connection.StoredLength) is { } total && !(total >= _end))
            _end = total;
        CheckUnchanged();
    }

    // A file handle's bytes never change, but a web address that someone registered may serve something new half way.
    private void CheckUnchanged()
    {
        if (_connection?.Tag is not { IsWeak: false } tag)
            return;
        if (_tag is not null && !_tag.Equals(tag))
            throw new SynapseException(SynapseFailure.Unexpected,
                $"The content of file handle {_association.FileHandleId} changed while it was read; read it again.");
        _tag = tag;
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_connection is null || _position >= _end)
            return 0;
        if (_end is { } limit && limit - _position < buffer.Length)
            buffer = buffer[..(int)(limit - _position)];
        var read = await _connection.ReadAsync(buffer, cancellationToken);
        if (read == 0 && _end is { } end)
            throw new IOException($"the transfer ended {end - _position} bytes early");
        if (read == 0)
            _end = _position;
        _position += read;
        (_failures, _refusals) = (0, 0);
        _reader.Parts.Meter.Downloaded(read);
        return read;
    }

    // True: it worked. False: it may be tried again, after the pause that was due.
    private async Task<bool> TryAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return true;
        }
        catch (AddressRefusedException e)
        {
            Disconnect();
            // The first refusal is met with a fresh address; if that is refused too, the storage means it.
            if (_refusals++ > 0)
                throw new SynapseException(SynapseFailure.Forbidden,
                    $"The storage refuses file handle {_association.FileHandleId} ({e.Status}, {e.Code}).", e.Status, e.Code);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && RetryRule.Judge(e) is not Trouble.None)
        {
            Disconnect();
            await PauseAsync(e, cancellationToken);
        }
        catch
        {
            // Where the body stands is unknown after a cancelled read; the next one begins anew.
            Disconnect();
            throw;
        }
        return false;
    }

    private async Task PauseAsync(Exception problem, CancellationToken cancellationToken)
    {
        var text = problem is IOException ? problem.Message : ErrorText.Of(problem);
        if (_failures++ == 0)
            _troubleSince = _reader.Parts.Time.GetTimestamp();
        if (_failures >= _reader.Options.TransferAttempts || IsHopeless(problem))
            throw GaveUp(ErrorText.Clean(text, null));
        Log.TransferResumed(_reader.Parts.Log, _association.FileHandleId ?? "", _position, ErrorText.Clean(text, null), _failures + 1);
        await Task.Delay(TransferPause.After(_failures, _reader.Options.Patience, Random.Shared.NextDouble()), _reader.Parts.Time,
            cancellationToken);
    }

    private SynapseException GaveUp(string why) => _place is null or SignedAddress
        ? new SynapseException(
            SynapseFailure.Offline, $"The transfer of file handle {_association.FileHandleId} stays at byte {_position}: {why}")
        : new SynapseException(
            SynapseFailure.StorageDown,
            $"The server {_place.Host}, which holds file handle {_association.FileHandleId}, is out of reach or in trouble at byte "
                + $"{_position}: {why.TrimEnd('.')}. Try again later, or ask whoever runs it.");

    // Somebody is blocked on these bytes, and nothing answers at all.
    private bool IsHopeless(Exception problem) =>
        _priority == RequestPriority.Interactive && _failures > 1 && RetryRule.Judge(problem) == Trouble.OutOfReach
        && _reader.Parts.Time.GetElapsedTime(_troubleSince) > _reader.Options.Patience.InteractiveOffline;

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
