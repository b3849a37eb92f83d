namespace SynapseFs.Conformance;

/// <summary>What there is to check in a tree that somebody else filled.</summary>
internal static class SampleTree
{
    /// <summary>Checks read whole files, so the largest are left to tests of their own.</summary>
    private const long LargestChecked = 16 << 20;

    private const int MostFiles = 200;

    public static IReadOnlyList<FileInfo> Files(string root)
    {
        var files = Entries(root).OfType<FileInfo>()
            .Where(file => file.LinkTarget is null && file.Length <= LargestChecked)
            .Take(MostFiles).ToList();
        Assert.That(files, Is.Not.Empty, $"{root} holds no file to check.");
        return files;
    }

    public static FileInfo LargestFile(string root) => Files(root).MaxBy(file => file.Length)!;

    public static IReadOnlyList<FileSystemInfo> Links(string root) => [.. Entries(root).Where(entry => entry.LinkTarget is not null)];

    public static IReadOnlyList<string> Directories(string root) => [root, .. Entries(root)
        .Where(entry => entry is DirectoryInfo && entry.LinkTarget is null).Select(entry => entry.FullName).Take(MostFiles)];

    private static IEnumerable<FileSystemInfo> Entries(string root) => new DirectoryInfo(root).EnumerateFileSystemInfos(
        "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true });
}
