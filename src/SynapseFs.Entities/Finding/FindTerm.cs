using System.Text.RegularExpressions;
using SynapseFs.Entities.Annotations;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Finding;

/// <summary>
/// What one annotation or fact of a thing is to be: <c>species=Homo sapiens</c>, <c>readLength>=100</c>, <c>synapse.type=file</c>.
/// Letters compare exactly. <c>key=*</c> asks for the key alone, <c>key!=*</c> for its absence; otherwise <c>!=</c> asks for the key with no
/// such value. Of several values one is enough. Pure.
/// </summary>
internal sealed partial class FindTerm
{
    private readonly FindOperator _operator;
    private readonly FindOperand _operand;
    private readonly bool _asksForKey;
    private readonly Regex? _pattern;

    private FindTerm(string text, string key, FindOperator @operator, FindOperand operand, string? pattern)
    {
        (Text, Key, Name, _operator, _operand) = (text, key, NameOf(key), @operator, operand);
        _asksForKey = pattern == "*";
        _pattern = pattern is null or "*" ? null : FindGlob.ToRegex(pattern);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public string Key { get; }

    /// <summary>The extended attribute that it is about.</summary>
    public string Name { get; }

    /// <summary>Whether it asks for things that lack the key.</summary>
    public bool AsksForAbsence => _asksForKey && _operator == FindOperator.NotEqual;

    /// <summary>Whether a text has the form of a term, right or wrong.</summary>
    public static bool IsTerm(string text) => FormPattern().IsMatch(text);

    /// <exception cref="FsException">InvalidArgument, with the reason.</exception>
    public static FindTerm Parse(string text)
    {
        var form = FormPattern().Match(text);
        if (!form.Success)
            throw Invalid($"'{text}' is no term; write KEY=VALUE, with = != < <= > or >=, and KEY=* for whatever has the key.");
        var (key, value) = (form.Groups["key"].Value, form.Groups["value"].Value);
        var @operator = form.Groups["operator"].Value switch
        {
            "=" => FindOperator.Equal,
            "!=" => FindOperator.NotEqual,
            "<" => FindOperator.Less,
            "<=" => FindOperator.LessOrEqual,
            ">" => FindOperator.Greater,
            _ => FindOperator.GreaterOrEqual,
        };
        if (@operator is FindOperator.Equal or FindOperator.NotEqual)
        {
            return FindGlob.IsPattern(value)
                ? new FindTerm(text, key, @operator, FindOperand.Of(""), value)
                : new FindTerm(text, key, @operator, FindOperand.Of(FindGlob.Unescape(value)), null);
        }

        return value.Length > 0
            ? new FindTerm(text, key, @operator, FindOperand.Of(value), null)
            : throw Invalid($"'{text}' compares with nothing; write a number, a date or a text behind it.");
    }

    /// <param name="xattrs">A thing's extended attributes by full name.</param>
    public bool Matches(IReadOnlyDictionary<string, string> xattrs)
    {
        if (!xattrs.TryGetValue(Name, out var text))
            return AsksForAbsence;
        return _operator switch
        {
            _ when _asksForKey => _operator == FindOperator.Equal,
            FindOperator.NotEqual => !Values(text).Any(IsEqual),
            FindOperator.Equal => Values(text).Any(IsEqual),
            _ => Values(text).Any(IsInOrder),
        };
    }

    /// <summary>The values in an extended attribute's text.</summary>
    public static IEnumerable<string> Values(string text) => text.StartsWith('[') && AnnotationText.IsArray(text)
        ? AnnotationValues.Read(text).Select(scalar => scalar.Text)
        : [text];

    private static string NameOf(string key) => key.StartsWith("synapse.", StringComparison.Ordinal)
        ? "user." + key
        : AnnotationXattrs.NameOf(key) ?? "user." + key;

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);

    private bool IsEqual(string value) => _pattern?.IsMatch(value) ?? _operand.Compare(value) == 0;

    private bool IsInOrder(string value) => _operand.Compare(value) is { } order && _operator switch
    {
        FindOperator.Less => order < 0,
        FindOperator.LessOrEqual => order <= 0,
        FindOperator.Greater => order > 0,
        _ => order >= 0,
    };

    // Keys are what Synapse allows in them, and a hyphen for facts.
    [GeneratedRegex(@"\A(?<key>[A-Za-z0-9,_.%\-]+)(?<operator>!=|<=|>=|=|<|>)(?<value>.*)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex FormPattern();
}
