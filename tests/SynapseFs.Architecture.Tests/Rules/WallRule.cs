using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>The walls that references cannot show: a subject that lives in some rooms only.</summary>
internal static partial class WallRule
{
    // What views are asked in is the service's own language, and no database of ours.
    private const string SynapseSql = "SynapseFs.Entities/Views/ViewSql.cs";

    public static IEnumerable<string> Check(SourceFile file)
    {
        if (!file.IsProduct)
        {
            yield break;
        }

        var code = CSharpText.WithoutComments(file.Text);
        if (SqlPattern().IsMatch(code) && file.Project is not ("SynapseFs.Store" or "SynapseFs.Server") && !file.Path.EndsWith(SynapseSql, StringComparison.Ordinal))
        {
            yield return $"{file.Path}: SQL belongs in Store and Server.";
        }

        if (HttpPattern().IsMatch(code) && file.Project is not "SynapseFs.Client")
        {
            yield return $"{file.Path}: HttpClient belongs in Client.";
        }

        if (StoragePattern().IsMatch(code) && file.Project is not "SynapseFs.Client")
        {
            yield return $"{file.Path}: SSH and object stores belong in Client.";
        }

        if (NativePattern().IsMatch(code) && !IsNativeFolder(file.Path))
        {
            yield return $"{file.Path}: native imports belong in Fuse/Native, Store/Native and WinFsp/Native.";
        }

        if (file.Project is "SynapseFs.Core" && ServicePattern().Match(code) is { Success: true } name)
        {
            yield return $"{file.Path}: the engine names '{name.Value}', which only Entities and Client may know.";
        }
    }

    private static bool IsNativeFolder(string path) =>
        path.StartsWith("src/SynapseFs.Fuse/Native/", StringComparison.Ordinal)
        || path.StartsWith("src/SynapseFs.Store/Native/", StringComparison.Ordinal)
        || path.StartsWith("src/SynapseFs.WinFsp/Native/", StringComparison.Ordinal);

    [GeneratedRegex("""
        \bSELECT\s[\s\S]+?\sFROM\b | \bINSERT\s+(OR\s+\w+\s+)?INTO\b | \bDELETE\s+FROM\b | \bUPDATE\s+\w+\s+SET\b
        | \bCREATE\s+(TABLE|INDEX)\b | \bPRAGMA\s | \bSqlite\w+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SqlPattern();

    [GeneratedRegex(@"\bHttpClient\b|\bSocketsHttpHandler\b|\bWebClient\b")]
    private static partial Regex HttpPattern();

    [GeneratedRegex(@"\b(Renci\.SshNet|Amazon\.(S3|Runtime))\b")]
    private static partial Regex StoragePattern();

    [GeneratedRegex(@"\[\s*(LibraryImport|DllImport)\b")]
    private static partial Regex NativePattern();

    [GeneratedRegex("""
        \bSynapse(?!Fs\b)\w* | \b(File|Table)Entity\b | \bEntity(View|Bundle|Header)\b | \bDataset | \bWiki | \bEvaluation | \bAnnotation
        | \bDockerRepository | "(projects?|folder|file|file-version|link|document|table|wiki|by-id|hidden-room)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ServicePattern();
}
