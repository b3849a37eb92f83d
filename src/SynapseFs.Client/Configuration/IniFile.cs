using System.Text;

namespace SynapseFs.Client.Configuration;

/// <summary>
/// Reads a file by the rules of Python's <c>RawConfigParser</c>, because users' files are written for the official client and lean on
/// them: "=" and ":" both delimit, deeper indented lines continue a value, "#" and ";" comment whole lines only, options are
/// case-insensitive and sections are not, [DEFAULT] lends its options to every section, and repeating either is an error.
/// No package on our list reads that dialect. Errors give the line's number and never its text, which may be a token.
/// </summary>
internal sealed class IniFile
{
    private const string DefaultSection = "DEFAULT";

    private readonly Dictionary<string, Dictionary<string, string>> _sections = [];
    private readonly Dictionary<string, string> _defaults = [];

    public string Path { get; }

    private IniFile(string path) => Path = path;

    public IEnumerable<string> Sections => _sections.Keys;

    /// <summary>A missing file is an empty one.</summary>
    public static IniFile Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new IniFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SynapseConfigurationException(
                $"The configuration file {path} cannot be read: {e.Message} Check its permissions, or name another file.", e);
        }
    }

    public static IniFile Parse(string path, string text)
    {
        var file = new IniFile(path);
        new IniReader(path, file.OpenSection).Read(text);
        return file;
    }

    /// <summary>The value, null when neither the section nor [DEFAULT] has it, or the section does not exist.</summary>
    public string? Get(string section, string option)
    {
        var key = option.ToLowerInvariant();
        if (!_sections.TryGetValue(section, out var options))
            return null;
        return options.TryGetValue(key, out var value) || _defaults.TryGetValue(key, out value) ? value : null;
    }

    /// <summary>True when the section is missing or gives nothing.</summary>
    public bool IsEmpty(string section) => !_sections.TryGetValue(section, out var options) || (options.Count == 0 && _defaults.Count == 0);

    private Dictionary<string, string>? OpenSection(string name)
    {
        if (name == DefaultSection)
            return _defaults;
        return _sections.TryAdd(name, []) ? _sections[name] : null;
    }
}
