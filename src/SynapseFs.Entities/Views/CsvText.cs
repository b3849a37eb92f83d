using System.Runtime.CompilerServices;
using System.Text;

namespace SynapseFs.Entities.Views;

/// <summary>
/// Reads the service's CSV row by row: cells that have a value are quoted, nothing between separators is null, and a quote or a backslash
/// within quotes is written twice.
/// </summary>
internal static class CsvText
{
    private const char Quote = '"';
    private const char Escape = '\\';

    /// <summary>The rows, header included, as they arrive.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync(
        Stream text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(text, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        var buffer = new char[1 << 14];
        var row = new Row();
        for (int count; (count = await reader.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            for (var at = 0; at < count; at++)
            {
                if (row.Take(buffer[at]) is { } complete)
                    yield return complete;
            }
        }

        if (row.End() is { } last)
            yield return last;
    }

    /// <summary>One row while it is read.</summary>
    private sealed class Row
    {
        private readonly StringBuilder _cell = new();
        private List<string?> _cells = [];
        private bool _isQuoted;
        private bool _isWithin;
        private char _pending;

        /// <summary>The row that ends with this letter; null: none does.</summary>
        public List<string?>? Take(char letter)
        {
            if (_pending != default)
            {
                var pending = _pending;
                _pending = default;
                if (letter == pending)
                {
                    _cell.Append(letter);
                    return null;
                }

                // One quote ends the cell; a lone backslash is itself.
                if (pending == Quote)
                    _isWithin = false;
                else
                    _cell.Append(pending);
            }

            if (_isWithin)
            {
                if (letter is Quote or Escape)
                    _pending = letter;
                else
                    _cell.Append(letter);
                return null;
            }

            switch (letter)
            {
                case Quote when _cell.Length == 0 && !_isQuoted:
                    (_isQuoted, _isWithin) = (true, true);
                    return null;
                case ',':
                    EndCell();
                    return null;
                case '\n':
                    EndCell();
                    return EndRow();
                case '\r':
                    return null;
                default:
                    _cell.Append(letter);
                    return null;
            }
        }

        /// <summary>The last row where the text does not end with a line's end.</summary>
        public List<string?>? End()
        {
            if (_cells.Count == 0 && _cell.Length == 0 && !_isQuoted)
                return null;
            EndCell();
            return EndRow();
        }

        private void EndCell()
        {
            _cells.Add(_isQuoted || _cell.Length > 0 ? _cell.ToString() : null);
            _cell.Clear();
            (_isQuoted, _isWithin) = (false, false);
        }

        private List<string?> EndRow()
        {
            var complete = _cells;
            _cells = new List<string?>(complete.Count);
            return complete;
        }
    }
}
