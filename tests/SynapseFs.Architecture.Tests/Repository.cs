namespace SynapseFs.Architecture.Tests;

/// <summary>The sources as they stand on disk, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string[] TextSuffixes =
        [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".yml", ".yaml", ".py", ".sln", ".editorconfig"];

    private static readonly string[] BuiltFolders = ["artifacts", "bin", "obj", ".git", "node_modules", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>All text files, scripts without a suffix included.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Read(Root)];

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.Name.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> Projects => Files.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal));

    public static SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SynapseFs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests read the sources: run them from a build inside the repository.");
    }

    private static IEnumerable<SourceFile> Read(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (IsText(file))
            {
                yield return new SourceFile(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file));
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (BuiltFolders.Contains(Path.GetFileName(inner)))
            {
                continue;
            }

            foreach (var file in Read(inner))
            {
                yield return file;
            }
        }
    }

    private static bool IsText(string path)
    {
        var relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
        return TextSuffixes.Contains(Path.GetExtension(path))
            || relative.StartsWith("scripts/", StringComparison.Ordinal)
            || relative.StartsWith(".ci/", StringComparison.Ordinal);
    }
}
