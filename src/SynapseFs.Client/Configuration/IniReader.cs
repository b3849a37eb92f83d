using System.Text;

namespace SynapseFs.Client.Configuration;

/// <summary>The line-by-line part of <see cref="IniFile"/>, step for step as <c>configparser._read</c> does it.</summary>
internal sealed class IniReader(string path, Func<string, Dictionary<string, string>?> openSection)
{
    private readonly StringBuilder _value = new();
    private readonly HashSet<(string Section, string Option)> _seen = [];
    private Dictionary<string, string>? _options;
    private string _section = "";
    private string? _option;
    private int _indent;
    private int _line;

    public void Read(string text)
    {
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        while (reader.ReadLine() is { } line)
        {
            _line++;
            ReadLine(line);
        }
        EndOption();
    }

    private void ReadLine(string line)
    {
        var content = line.Trim();
        if (content.StartsWith('#') || content.StartsWith(';'))
            return;
        if (content.Length == 0)
        {
            if (_option is not null)
                _value.Append('\n');
            return;
        }
        var indent = line.Length - line.TrimStart().Length;
        if (_option is not null && indent > _indent)
        {
            _value.Append('\n').Append(content);
            return;
        }
        _indent = indent;
        var end = content.StartsWith('[') ? content.LastIndexOf(']') : -1;
        if (end > 1)
            BeginSection(content[1..end]);
        else
            BeginOption(content);
    }

    private void BeginSection(string name)
    {
        EndOption();
        _section = name;
        _options = openSection(name) ?? throw Refuse($"section [{name}] stands there twice; merge the two");
    }

    private void BeginOption(string content)
    {
        EndOption();
        if (_options is null)
            throw Refuse("it stands before the first [section]; put a section line such as [default] above it");
        var delimiter = content.AsSpan().IndexOfAny('=', ':');
        if (delimiter <= 0)
            throw Refuse("it is neither a [section] nor 'name = value'; correct or remove it");
        var option = content[..delimiter].TrimEnd().ToLowerInvariant();
        if (!_seen.Add((_section, option)))
            throw Refuse($"'{option}' stands twice in section [{_section}]; remove one of them");
        _option = option;
        _value.Clear().Append(content.AsSpan(delimiter + 1).Trim());
    }

    private void EndOption()
    {
        if (_option is not null)
            _options![_option] = _value.ToString().TrimEnd();
        _option = null;
    }

    private SynapseConfigurationException Refuse(string why) => new($"{path}, line {_line}: {why}.");
}
