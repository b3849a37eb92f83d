using System.Security.Cryptography;
using Renci.SshNet.Sftp;
using SynapseFs.Client.Transport;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Writes one content into one file, several pieces at a time: a piece is written in steps of 32 KiB that wait for their answers, which
/// over a distance would leave the line idle. All pieces of a wave are there before the next begins, so what lies more than a wave before
/// the file's end is surely whole, whatever happened.
/// </summary>
internal sealed class SftpWriter(SftpUse use, TransportParts parts, SynapseClientOptions options, UploadJob job, string path)
{
    public const int Piece = 128 * 1024;
    public const int PiecesAtOnce = 16;
    private const int Wave = Piece * PiecesAtOnce;

    /// <param name="there">Bytes that the file has.</param>
    /// <exception cref="SynapseException">LocalFile: the content is not what it was said to be.</exception>
    public async Task WriteAsync(long there, SftpUploadState state, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[Math.Min(Wave, job.Plan.Length)];
        var start = Math.Max(0, there - Wave) / Wave * Wave;
        if (start > 0)
            Log.SftpUploadResumed(parts.Log, job.FileName, start, job.Plan.Length);
        await using var files = new Files(use, path);
        for (long position = 0; position < job.Plan.Length; position += buffer.Length)
        {
            var wave = buffer.AsMemory(0, (int)Math.Min(buffer.Length, job.Plan.Length - position));
            await job.Source.ReadAsync(position, wave, cancellationToken);
            hash.AppendData(wave.Span);
            if (position < start)
                continue;
            using (await parts.StorageGovernor.EnterAsync(job.Priority, cancellationToken))
                await WriteWaveAsync(files, position, wave, cancellationToken);
            parts.Meter.Uploaded(wave.Length);
            state.Stored = position + wave.Length;
            job.Progress?.Report(state.Stored);
        }
        var md5 = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (md5 != job.Md5)
            throw new SynapseException(SynapseFailure.LocalFile,
                $"'{job.FileName}' is not what it was said to be: its MD5 is {md5} and not {job.Md5}.");
    }

    private async Task WriteWaveAsync(Files files, long position, ReadOnlyMemory<byte> wave, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(options.AttemptTimeout);
        try
        {
            var pieces = new List<Task>();
            for (var offset = 0; offset < wave.Length; offset += Piece)
            {
                var (at, piece) = (offset, wave.Slice(offset, Math.Min(Piece, wave.Length - offset)));
                pieces.Add(WritePieceAsync(await files.GetAsync(pieces.Count, stop.Token), position + at, piece, stop.Token));
            }
            await Task.WhenAll(pieces);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutOfReachException($"nothing moved to the SFTP server {use.Host.Name} for too long", e);
        }
    }

    private Task<bool> WritePieceAsync(SftpFileStream file, long position, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken) =>
        use.AskAsync(
            async _ =>
            {
                file.Seek(position, SeekOrigin.Begin);
                await file.WriteAsync(piece, cancellationToken);
                await file.FlushAsync(cancellationToken);
                return true;
            },
            path);

    /// <summary>The same remote file, open as often as pieces are written at once.</summary>
    private sealed class Files(SftpUse use, string path) : IAsyncDisposable
    {
        private readonly List<SftpFileStream> _open = [];

        public async Task<SftpFileStream> GetAsync(int index, CancellationToken cancellationToken)
        {
            while (_open.Count <= index)
                _open.Add(await use.AskAsync(
                    client => client.OpenAsync(path, FileMode.OpenOrCreate, FileAccess.Write, cancellationToken), path));
            return _open[index];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var file in _open)
            {
                try
                {
                    await file.DisposeAsync();
                }
                catch (Exception e) when (SftpErrors.Translate(e, use.Host.Name, path) is IOException or SynapseException)
                {
                    // Each piece was flushed and answered before.
                }
            }
        }
    }
}
