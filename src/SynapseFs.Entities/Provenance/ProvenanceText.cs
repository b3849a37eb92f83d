using System.Globalization;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Entities.Provenance;

/// <summary>An activity in one line, and each thing it used in one word: <c>syn123.4</c> or an address. Pure.</summary>
internal static class ProvenanceText
{
    private const int MostTold = 10;

    /// <summary>Such as <c>align: used syn5.1, syn6.2; executed https://github.com/x/y</c>.</summary>
    public static string Summary(Activity activity)
    {
        var used = activity.Used ?? [];
        var parts = new[]
        {
            Told("used", used.Where(item => item.WasExecuted != true)), Told("executed", used.Where(item => item.WasExecuted == true)),
        };
        var told = string.Join("; ", parts.OfType<string>());
        var name = OneLine(activity.Name ?? "");
        return (name.Length, told.Length) switch
        {
            (0, 0) => "an activity without a name",
            (0, _) => told,
            (_, 0) => name,
            _ => $"{name}: {told}",
        };
    }

    /// <summary>The entity, at its version where one is stated, or the address.</summary>
    public static string WordOf(Used item) => item.Reference is { } reference ? WordOf(reference) : item.Url ?? "";

    public static string WordOf(Reference reference) =>
        SynapseEntityId.TryParse(reference.TargetId, out var id)
            ? (id with { Version = reference.TargetVersionNumber ?? id.Version }).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{reference.TargetId}.{reference.TargetVersionNumber}");

    private static string? Told(string verb, IEnumerable<Used> items)
    {
        var words = items.Select(WordOf).Select(OneLine).ToList();
        if (words.Count == 0)
            return null;
        var more = words.Count > MostTold ? $" and {words.Count - MostTold} more" : "";
        return $"{verb} {string.Join(", ", words.Take(MostTold))}{more}";
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var sign in text)
            line.Append(char.IsControl(sign) ? ' ' : sign);
        return line.ToString().Trim();
    }
}
