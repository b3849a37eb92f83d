namespace SynapseFs.Server.Tables.Csv;

/// <summary>
/// Writes CSV as Synapse does: every cell that is not null is quoted, null is nothing between separators, a quote or an escape character
/// inside is written twice.
/// </summary>
internal sealed class CsvWriter(TextWriter writer, CsvFormat format, string lineEnd)
{
    public void Write(IEnumerable<string?> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
            {
                writer.Write(format.Separator);
            }

            isFirst = false;
            if (cell is not null)
            {
                Quoted(cell);
            }
        }

        writer.Write(lineEnd);
    }

    private void Quoted(string cell)
    {
        writer.Write(format.Quote);
        foreach (var letter in cell)
        {
            if (letter == format.Quote || letter == format.Escape)
            {
                writer.Write(letter);
            }

            writer.Write(letter);
        }

        writer.Write(format.Quote);
    }
}
