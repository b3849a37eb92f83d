using Renci.SshNet.Sftp;

namespace SynapseFs.Client.Elsewhere;

/// <summary>A file at an SFTP server while it is read; gives its share of the connection back when disposed.</summary>
internal sealed class SftpBody(SftpFileStream file, SftpUse use, string path) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await use.AskAsync(async _ => await file.ReadAsync(buffer, cancellationToken), path);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            use.DisposeAfter(file);
        base.Dispose(disposing);
    }
}
