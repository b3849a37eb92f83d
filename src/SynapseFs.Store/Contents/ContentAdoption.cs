using System.Buffers;
using System.IO.Hashing;

namespace SynapseFs.Store.Contents;

/// <summary>How a file that holds a whole content becomes cached content: by its name where it can, block by block where it must.</summary>
internal static class ContentAdoption
{
    /// <summary>
    /// Leaves the content complete and, as its key has an MD5, verified; or with fewer blocks when there is no room. The file is moved or
    /// left where it is.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read, or has another length.</exception>
    /// <exception cref="StoreException">The index cannot be written.</exception>
    public static void Run(StoredContent content, string path)
    {
        if (content is { IsComplete: true, IsVerified: true })
            return;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
        {
            if (RandomAccess.GetLength(file.SafeFileHandle) != content.Length)
                throw new IOException($"{path} has {RandomAccess.GetLength(file.SafeFileHandle)} bytes, not {content.Length}.");
            if (!(content.IsUnfiled && content.TryMoveIn(path, Checksums(content, file))) && !TryCopy(content, file))
                return;
        }
        if (content.Key.Md5 is null)
            return;
        content.MarkVerified();
        content.Seal(CancellationToken.None);
    }

    private static ulong[] Checksums(StoredContent content, FileStream file)
    {
        var checksums = new ulong[content.BlockCount];
        Each(content, file, (block, bytes) =>
        {
            checksums[block] = XxHash3.HashToUInt64(bytes);
            return true;
        });
        return checksums;
    }

    /// <summary>What is cached already may be wrong, as long as nobody has verified it: it stays only if it is the same.</summary>
    private static bool TryCopy(StoredContent content, FileStream file) => Each(content, file, (block, bytes) =>
        content.Checksum(block) == XxHash3.HashToUInt64(bytes) || content.Write(block, bytes) == BlockWriteResult.Stored);

    /// <summary>Until the action returns false, which is returned then.</summary>
    private static bool Each(StoredContent content, FileStream file, BlockAction act)
    {
        var rented = ArrayPool<byte>.Shared.Rent(content.BlockSize);
        try
        {
            for (var block = 0L; block < content.BlockCount; block++)
            {
                var bytes = rented.AsSpan(0, content.BlockLength(block));
                file.ReadExactly(bytes);
                if (!act(block, bytes))
                    return false;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private delegate bool BlockAction(long block, ReadOnlySpan<byte> bytes);
}
