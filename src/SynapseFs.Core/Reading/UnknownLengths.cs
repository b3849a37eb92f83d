using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Contents whose length nobody knows before their end is read: opening one reads it to the end, once for all who open it, into a
/// nameless file and from there into the cache.
/// </summary>
internal sealed class UnknownLengths(MountParts parts, FetchDoor door, CancellationToken ended)
{
    private readonly SharedCalls<ContentKey, long> _readings = new(ended);

    /// <summary>The length in bytes, found by reading all; the content is cached afterwards.</summary>
    public Task<long> MeasureAsync(ContentKey key, RemoteContent source, CancellationToken cancellationToken) =>
        _readings.JoinAsync(key, call => MeasureOnceAsync(key, source, call), cancellationToken);

    public Task WhenIdleAsync() => _readings.WhenIdleAsync();

    private async Task<long> MeasureOnceAsync(ContentKey key, RemoteContent source, CancellationToken cancellationToken)
    {
        var length = 0L;
        try
        {
            await door.PassAsync(
                async slot =>
                {
                    await using var file = OpenNameless();
                    await using var stream = await door.OpenAsync(source, 0, null, Urgency.Waiting, slot);
                    await stream.CopyToAsync(file, slot);
                    length = file.Length;
                    file.Position = 0;
                    await KeepAsync(key, file, slot);
                },
                cancellationToken);
            return length;
        }
        catch (Exception failure) when (failure is FsException or StoreException or IOException)
        {
            throw door.Translate(failure, key);
        }
    }

    private FileStream OpenNameless()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(parts.Cache.Path, $"measuring-{Guid.NewGuid():N}");
        var file = new FileStream(path, options);
        // At once, so that a killed process leaves nothing behind; Windows does it at the end, however that comes.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    private async Task KeepAsync(ContentKey key, FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
            return;
        using var stored = parts.Cache.Contents.Open(key, file.Length);
        var buffer = new byte[stored.BlockSize];
        for (var block = 0L; block < stored.BlockCount; block++)
        {
            var bytes = buffer.AsMemory(0, stored.BlockLength(block));
            await file.ReadExactlyAsync(bytes, cancellationToken);
            stored.Write(block, bytes.Span);
        }
    }
}
