using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Csv;

/// <summary>The characters that shape a CSV. Source: CSVUtils and opencsv's CSVParser.</summary>
internal sealed record CsvFormat(char Separator, char Quote, char Escape)
{
    public static CsvFormat Of(CsvTableDescriptor? descriptor)
    {
        var format = new CsvFormat(
            Character(descriptor?.Separator, "separator", ','),
            Character(descriptor?.QuoteCharacter, "quoteCharacter", '"'),
            Character(descriptor?.EscapeCharacter, "escapeCharacter", '\\'));
        return format.Separator == format.Quote || format.Separator == format.Escape || format.Quote == format.Escape
            ? throw ServiceException.BadRequest("The separator, quote, and escape characters must be different!")
            : format;
    }

    public static bool IsFirstLineHeader(CsvTableDescriptor? descriptor) => descriptor?.IsFirstLineHeader ?? true;

    private static char Character(string? text, string what, char otherwise) => text switch
    {
        null => otherwise,
        { Length: 1 } => text[0],
        _ => throw ServiceException.BadRequest($"CsvTableDescriptor.{what} must be exactly one character."),
    };
}
