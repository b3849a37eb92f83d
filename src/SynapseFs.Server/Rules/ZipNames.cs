using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>
/// What files are called in a zip. Source: CommandLineCacheZipEntryNameProvider, FlatZipEntryNameProvider. Handles may have been named
/// anything: what would lead out of the folder that the zip is unpacked into is replaced.
/// </summary>
internal sealed class ZipNames(string? format)
{
    private const string Cache = "CommandLineCache";
    private const string Flat = "Flat";

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly bool _isFlat = format switch
    {
        null or Cache => false,
        Flat => true,
        _ => throw ServiceException.BadRequest($"Unknown zipFileFormat: {format}"),
    };

    public string Of(string? fileName, long fileHandleId)
    {
        var name = Safe(fileName);
        return _isFlat ? Numbered(name) : $"{fileHandleId % 1000}/{fileHandleId}/{name}";
    }

    private string Numbered(string name)
    {
        var count = _seen.GetValueOrDefault(name);
        if (count == 0)
        {
            _seen[name] = 1;
            return name;
        }

        // The number goes before the first dot: a.tar.gz, a(1).tar.gz.
        var dot = name.IndexOf('.');
        var (stem, end) = dot < 0 ? (name, "") : (name[..dot], name[dot..]);
        string numbered;
        do
        {
            numbered = $"{stem}({count++}){end}";
        }
        while (_seen.ContainsKey(numbered));
        _seen[name] = count;
        _seen[numbered] = 1;
        return numbered;
    }

    private static string Safe(string? fileName)
    {
        var name = string.Concat((fileName ?? "").Select(c => c is '/' or '\\' or ':' || char.IsControl(c) ? '_' : c));
        return name.Trim('.', ' ').Length == 0 ? "file" : name;
    }
}
