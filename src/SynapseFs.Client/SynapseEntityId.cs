using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SynapseFs.Client;

/// <summary>
/// An entity's id with an optional version, from "syn123", "SYN123", "123" or "syn123.4". The service takes no version inside an id,
/// so it is split off here.
/// </summary>
/// <param name="Number">The digits after "syn", positive.</param>
/// <param name="Version">A pinned version, 1 or more, or null for the current one.</param>
public sealed record SynapseEntityId(long Number, long? Version)
{
    /// <summary>"syn123", as every call wants it.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"syn{Number}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out SynapseEntityId? id)
    {
        id = null;
        if (text is null)
            return false;
        var rest = text.AsSpan().Trim();
        if (rest.StartsWith("syn", StringComparison.OrdinalIgnoreCase))
            rest = rest[3..];
        var dot = rest.IndexOf('.');
        long? version = null;
        if (dot >= 0)
        {
            if (!TryParsePositive(rest[(dot + 1)..], out var parsed))
                return false;
            version = parsed;
            rest = rest[..dot];
        }
        if (!TryParsePositive(rest, out var number))
            return false;
        id = new SynapseEntityId(number, version);
        return true;
    }

    public static SynapseEntityId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a Synapse id; write it as syn123, or syn123.4 for version 4.");

    public override string ToString() => Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"{Id}.{version}") : Id;

    private static bool TryParsePositive(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
