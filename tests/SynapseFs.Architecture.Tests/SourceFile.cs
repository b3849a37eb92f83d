namespace SynapseFs.Architecture.Tests;

/// <summary>One text file of the repository.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The project's name: the folder below src or tests.</summary>
    public string Project => Path.Split('/') is { Length: > 1 } parts ? parts[1] : "";
}
