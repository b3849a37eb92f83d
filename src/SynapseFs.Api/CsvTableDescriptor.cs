namespace SynapseFs.Api;

/// <summary>How a CSV is written; each character is one character long. Source: <c>table.CsvTableDescriptor</c>.</summary>
public sealed record CsvTableDescriptor
{
    public string? Separator { get; init; }
    public string? QuoteCharacter { get; init; }
    public string? EscapeCharacter { get; init; }
    public string? LineEnd { get; init; }
    public bool? IsFirstLineHeader { get; init; }
}
