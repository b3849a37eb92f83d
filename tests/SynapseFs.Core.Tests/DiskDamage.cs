namespace SynapseFs.Core.Tests;

/// <summary>What a failing disk does to cached content.</summary>
internal static class DiskDamage
{
    /// <summary>Flips one byte of the largest content file.</summary>
    public static void FlipByte(string cachePath, long offset)
    {
        var file = ContentFiles(cachePath).MaxBy(found => found.Length)!;
        Flip(file.FullName, offset);
    }

    /// <summary>Flips one byte of some content file, somewhere.</summary>
    public static void FlipAnyByte(string cachePath, Random random)
    {
        var files = ContentFiles(cachePath);
        if (files.Length == 0)
            return;
        var file = files[random.Next(files.Length)];
        if (file.Length > 0)
            Flip(file.FullName, random.NextInt64(file.Length));
    }

    private static FileInfo[] ContentFiles(string cachePath) =>
        new DirectoryInfo(Path.Combine(cachePath, "content")).GetFiles("*", SearchOption.AllDirectories);

    private static void Flip(string path, long offset)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 0x10));
    }
}
