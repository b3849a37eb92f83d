using System.Text;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Csv;

/// <summary>
/// Reads CSV as the service's own opencsv does, record by record. Own, because the libraries tell no empty text (<c>""</c>) from a null
/// (nothing between separators) where the escape character is free, and take a backslash within a field for itself: here one that
/// stands before neither quote nor escape vanishes. Blank lines are no records, a byte order mark is none of the text.
/// </summary>
internal sealed class CsvReader(TextReader text, CsvFormat format)
{
    private const int End = -1;

    // Longer than any cell may be: an unclosed quote must not swallow a gigabyte.
    private const int MaxField = 4 * ColumnTypes.MaxLargeText;

    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _field = new();
    private readonly List<string?> _record = [];
    private int _length;
    private int _position;
    private bool _hasBegun;

    /// <summary>The next record; null at the end.</summary>
    public string?[]? Read()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            if (Peek() == '\uFEFF')
            {
                _position++;
            }
        }

        while (Peek() is '\n' or '\r')
        {
            _position++;
        }

        if (Peek() == End)
        {
            return null;
        }

        _record.Clear();
        ReadRecord();
        return [.. _record];
    }

    /// <summary>Passes over lines as they stand in the file, whatever their quotes.</summary>
    public void SkipLines(long count)
    {
        for (var i = 0L; i < count && Peek() != End; i++)
        {
            for (var c = Next(); c is not ('\n' or '\r' or End); c = Next())
            {
            }

            if (Peek() == '\n' && _position > 0 && _buffer[_position - 1] == '\r')
            {
                _position++;
            }
        }
    }

    private void ReadRecord()
    {
        _field.Clear();
        var (isNull, inQuotes, inField, before) = (true, false, false, '\n');
        while (true)
        {
            var next = Next();
            if (next == End)
            {
                break;
            }

            var c = (char)next;
            if (c is '\n' or '\r')
            {
                if (c == '\r' && Peek() == '\n')
                {
                    _position++;
                }

                if (!inQuotes)
                {
                    break;
                }

                _field.Append('\n');
                (inField, before) = (false, '\n');
                continue;
            }

            if (c == format.Escape)
            {
                if ((inQuotes || inField) && (Peek() == format.Quote || Peek() == format.Escape))
                {
                    _field.Append((char)Next());
                    isNull = false;
                }
            }
            else if (c == format.Quote)
            {
                if (inQuotes && Peek() == format.Quote)
                {
                    _field.Append((char)Next());
                    isNull = false;
                }
                else if (before != '\n' && before != format.Separator && !((inQuotes || inField) && IsFieldEnd(Peek())))
                {
                    // A quote amid a field is text, unless only blanks stand before it.
                    if (IsBlank())
                    {
                        _field.Clear();
                        (inQuotes, inField, isNull) = (!inQuotes, !inField, false);
                    }
                    else
                    {
                        _field.Append(c);
                        isNull = false;
                    }
                }
                else
                {
                    (inQuotes, inField) = (!inQuotes, !inField);
                    isNull &= !inQuotes && !inField;
                }
            }
            else if (c == format.Separator && !inQuotes)
            {
                EndField(isNull);
                (isNull, inField) = (true, false);
            }
            else
            {
                _field.Append(c);
                (isNull, inField) = (false, true);
                if (_field.Length > MaxField)
                {
                    throw ServiceException.BadRequest(
                        $"One or more cell value exceeds the maximum number of characters: {ColumnTypes.MaxLargeText}");
                }
            }

            before = c;
        }

        EndField(isNull);
    }

    private void EndField(bool isNull)
    {
        _record.Add(isNull ? null : _field.ToString());
        _field.Clear();
    }

    private bool IsFieldEnd(int c) => c is End or '\n' or '\r' || c == format.Separator;

    private bool IsBlank()
    {
        if (_field.Length == 0)
        {
            return false;
        }

        foreach (var chunk in _field.GetChunks())
        {
            if (!chunk.Span.IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    private int Next()
    {
        var c = Peek();
        if (c != End)
        {
            _position++;
        }

        return c;
    }

    private int Peek()
    {
        if (_position < _length)
        {
            return _buffer[_position];
        }

        // The last character read stays: SkipLines looks back at it.
        var kept = _position > 0 ? 1 : 0;
        if (kept == 1)
        {
            _buffer[0] = _buffer[_position - 1];
        }

        _position = kept;
        _length = kept + text.Read(_buffer, kept, _buffer.Length - kept);
        return _position < _length ? _buffer[_position] : End;
    }
}
