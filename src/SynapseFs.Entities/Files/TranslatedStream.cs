using SynapseFs.Client;

namespace SynapseFs.Entities.Files;

/// <summary>A download whose late failures are told in the filesystem's words. Read forward only.</summary>
internal sealed class TranslatedStream(Stream inner, string what) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (SynapseException exception)
        {
            throw SynapseErrors.Translate(exception, what);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return inner.Read(buffer, offset, count);
        }
        catch (SynapseException exception)
        {
            throw SynapseErrors.Translate(exception, what);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
