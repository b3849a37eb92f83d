using System.Text.RegularExpressions;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>
/// The name of a registered schema: organization, schema and, where it has one, version, with dashes between. Source:
/// schema-id-parser.jj, which passes over blanks and all that is not ASCII.
/// </summary>
internal sealed partial record SchemaId(string Organization, string Schema, string? Version)
{
    private const string Base = "https://repo-prod.prod.sagebase.org/repo/v1/schema/type/registered/";
    private const string Words = "[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*)*";
    private const string Number = "(?:0|[1-9][0-9]{0,17})";
    private const string Mark = "(?:" + Number + "|[A-Za-z][A-Za-z0-9]*)";
    private const string Semantic =
        Number + "\\." + Number + "\\." + Number + "(?:-" + Mark + "(?:\\." + Mark + ")*)?(?:\\+[A-Za-z0-9]+(?:\\.[A-Za-z0-9]+)*)?";

    /// <summary>Also where it stands in <c>$ref</c>: without the address before it.</summary>
    public string Text => Version is null ? $"{Organization}-{Schema}" : $"{Organization}-{Schema}-{Version}";

    /// <summary>As it is shown at the head of a schema: always an address of the production service.</summary>
    public string Absolute => Base + Text;

    public static SchemaId Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        var match = Whole().Match(Plain(slash > 0 ? text[(slash + 1)..] : text));
        return match.Success
            ? new SchemaId(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Success ? match.Groups[3].Value : null)
            : throw ServiceException.BadRequest(
                $"Invalid '$id' : '{text}'\nWas expecting: <organization>-<schema name> or "
                + "<organization>-<schema name>-<semantic version>");
    }

    public static string ParseOrganization(string text) =>
        Plain(text) is var plain && Organizations().IsMatch(plain)
            ? plain
            : throw ServiceException.BadRequest(
                $"Invalid 'organizationName' : '{text}'\nWas expecting words of letters and digits, "
                + "each beginning with a letter, with dots between");

    private static string Plain(string text) => string.Concat(text.Where(c => c is > ' ' and < '\u007f'));

    [GeneratedRegex("^(" + Words + ")-(" + Words + ")(?:-(" + Semantic + "))?\\z")]
    private static partial Regex Whole();

    [GeneratedRegex("^" + Words + "\\z")]
    private static partial Regex Organizations();
}
