namespace SynapseFs.Cli.Serving;

/// <summary>A local folder to make a project of.</summary>
internal sealed record ImportRequest(string Folder, string ProjectName)
{
    /// <summary>From "FOLDER" or "FOLDER=NAME"; an existing folder whose name holds "=" is taken whole.</summary>
    /// <exception cref="CliException">There is no such folder.</exception>
    public static ImportRequest Parse(string text)
    {
        if (Directory.Exists(text))
            return new ImportRequest(Path.GetFullPath(text), NameOf(text));
        var cut = text.LastIndexOf('=');
        if (cut > 0 && cut < text.Length - 1 && Directory.Exists(text[..cut]))
            return new ImportRequest(Path.GetFullPath(text[..cut]), text[(cut + 1)..]);
        throw new CliException($"--import: the folder {(cut > 0 ? text[..cut] : text)} does not exist; write --import FOLDER or --import FOLDER=NAME.");
    }

    private static string NameOf(string folder) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { Length: > 0 } name ? name : "root";
}
