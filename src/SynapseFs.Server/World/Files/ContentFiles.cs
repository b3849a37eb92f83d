using System.Globalization;
using System.Security.Cryptography;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Files;

/// <summary>
/// A stored object: its name (see <see cref="ObjectName"/>), the file under content/ that holds its bytes, its ETag in quotes.
/// </summary>
internal sealed record StoredObject(string Key, string File, long Size, string Etag, long CreatedOn)
{
    /// <summary>For an object that lies in somebody's bucket: its file there.</summary>
    public string? BucketFile { get; init; }
}

/// <summary>A part as it arrived: the file under uploads/ and what was counted on the way.</summary>
internal sealed record ReceivedPart(string File, long Size, string Md5);

/// <summary>
/// The bytes: objects under content/, parts under uploads/. Nothing is synced, as S3 is what it stands for; a file is closed
/// before the database speaks of it, so what was acknowledged survives the death of this process.
/// </summary>
internal sealed class ContentFiles(DataFolder folder, Database database, Buckets buckets, TimeProvider time)
{
    private const int BufferSize = 1 << 18;

    public StoredObject? Find(string key) => database.First(
        "SELECT key, file, size, etag, created_on FROM objects WHERE key = @0",
        row => new StoredObject(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4)), key)
        ?? FindInBucket(key);

    public FileStream OpenRead(StoredObject stored) => new(
        stored.BucketFile ?? PathOf(stored.File), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    /// <summary>Takes a part's bytes off the wire or out of another object; no more than <paramref name="longest"/> of them.</summary>
    public async Task<ReceivedPart> ReceiveAsync(Stream body, long longest, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        var path = PartPath(name);
        try
        {
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var buffer = new byte[BufferSize];
            long size = 0;
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, longest - size)), cancellationToken)) > 0)
            {
                md5.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                size += read;
            }

            return new ReceivedPart(name, size, Convert.ToHexStringLower(md5.GetHashAndReset()));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Takes bytes that the service itself writes.</summary>
    public ReceivedPart Write(Action<Stream> write)
    {
        var name = Guid.NewGuid().ToString("N");
        var path = PartPath(name);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            write(file);
            file.Flush();
            file.Position = 0;
#pragma warning disable CA5351 // The protocol names MD5.
            return new ReceivedPart(name, file.Length, Convert.ToHexStringLower(MD5.HashData(file)));
#pragma warning restore CA5351
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Copies parts one behind the other to where <see cref="Assemble"/> looks for the whole; the parts stay. Outside of any
    /// transaction: it may be gigabytes. Done again after the death of the process, it begins at the beginning.
    /// </summary>
    public async Task JoinAsync(IReadOnlyList<ReceivedPart> parts, CancellationToken cancellationToken)
    {
        var path = PathOf(parts[0].File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var part in parts)
        {
            await using var source = File.OpenRead(PartPath(part.File));
            await source.CopyToAsync(target, 1 << 20, cancellationToken);
        }
    }

    /// <summary>
    /// Makes an object of a part, or of several that have been joined, within a transaction. A single part becomes the object without
    /// being copied; it keeps its name, so that a process killed between the move and the commit finds it again.
    /// </summary>
    public StoredObject Assemble(string key, IReadOnlyList<ReceivedPart> parts)
    {
        var name = parts[0].File;
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (parts.Count == 1 && !File.Exists(path))
        {
            File.Move(PartPath(name), path);
        }

        foreach (var part in parts.Count > 1 ? parts : [])
        {
            DeletePart(part.File);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var stored = new StoredObject(key, name, parts.Sum(part => part.Size), EtagOf(parts), now);
        database.Execute(
            "INSERT INTO objects (key, file, size, etag, created_on) VALUES (@0, @1, @2, @3, @4)",
            stored.Key, stored.File, stored.Size, stored.Etag, stored.CreatedOn);
        return stored;
    }

    /// <summary>Drops what was joined of parts that are no longer the upload's.</summary>
    public void DeleteJoined(IReadOnlyList<ReceivedPart> parts) => File.Delete(PathOf(parts[0].File));

    /// <summary>Drops a part's bytes, once the transaction under way is written.</summary>
    public void DeletePart(string name) => database.AfterCommit(() => File.Delete(PartPath(name)));

    /// <summary>Drops an object that no file handle names any more.</summary>
    public void Delete(StoredObject stored)
    {
        database.Execute("DELETE FROM objects WHERE key = @0", stored.Key);
        database.AfterCommit(() => File.Delete(stored.BucketFile ?? PathOf(stored.File)));
    }

    /// <summary>Removes parts that no upload knows: what a killed process left behind.</summary>
    public void Sweep()
    {
        var known = database.Query("SELECT file FROM upload_parts", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder.UploadPath).Where(path => !known.Contains(Path.GetFileName(path))))
        {
            File.Delete(path);
        }
    }

    // S3's ETag of a multipart object: the MD5 of the parts' MD5s and their number. Never the MD5 of the whole.
    private static string EtagOf(IReadOnlyList<ReceivedPart> parts)
    {
        var digests = parts.SelectMany(part => Convert.FromHexString(part.Md5)).ToArray();
#pragma warning disable CA5351 // The protocol names MD5.
        var hex = Convert.ToHexStringLower(MD5.HashData(digests));
#pragma warning restore CA5351
        return string.Create(CultureInfo.InvariantCulture, $"\"{hex}-{parts.Count}\"");
    }

    private StoredObject? FindInBucket(string key)
    {
        var name = ObjectName.Parse(key);
        if (name.IsOwn || buckets.Find(name) is not { } file)
        {
            return null;
        }

        var changed = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{changed:x}-{file.Length:x}\"");
        return new StoredObject(key, "", file.Length, etag, changed) { BucketFile = file.FullName };
    }

    private string PathOf(string name) => Path.Combine(folder.ContentPath, name[..2], name);

    private string PartPath(string name) => Path.Combine(folder.UploadPath, name);
}
