using System.Text;
using System.Text.Json;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>
/// JSON as the Java library (org.json) of the service reads it: strings may stand in single quotes or in none, words of any case mean
/// true, false and null. The Python client relies on it: it sends lists and objects of cells as Python writes them.
/// </summary>
internal sealed class LooseJson
{
    private const int Deepest = 60;
    private const string EndOfWord = ",:]}/\\\"[{;=#";

    private readonly string _text;
    private readonly Utf8JsonWriter _writer;
    private int _at;

    private LooseJson(string text, Utf8JsonWriter writer) => (_text, _writer) = (text, writer);

    /// <summary>The object or array as strict JSON; null: it is neither. What comes after it is left alone, as there.</summary>
    public static string? Strict(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            var reader = new LooseJson(text, writer);
            if (reader.Next() is not ('{' or '[') || !reader.Value(0))
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private bool Value(int depth)
    {
        switch (Next())
        {
            case '{':
                _at++;
                return depth < Deepest && Object(depth);
            case '[':
                _at++;
                return depth < Deepest && Array(depth);
            case '"' or '\'':
                if (Quoted() is not { } text)
                {
                    return false;
                }

                _writer.WriteStringValue(text);
                return true;
            default:
                return Word() is { Length: > 0 } word && Write(word);
        }
    }

    private bool Object(int depth)
    {
        _writer.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (Next() != '}')
        {
            var name = Next() is '"' or '\'' ? Quoted() : Word();
            if (string.IsNullOrEmpty(name) || !names.Add(name) || Next() != ':')
            {
                return false;
            }

            _at++;
            _writer.WritePropertyName(name);
            if (!Value(depth + 1) || !Separated('}'))
            {
                return false;
            }
        }

        _at++;
        _writer.WriteEndObject();
        return true;
    }

    private bool Array(int depth)
    {
        _writer.WriteStartArray();
        while (Next() != ']')
        {
            if (Next() == ',')
            {
                // Between two commas is a null.
                _writer.WriteNullValue();
            }
            else if (!Value(depth + 1))
            {
                return false;
            }

            if (!Separated(']'))
            {
                return false;
            }
        }

        _at++;
        _writer.WriteEndArray();
        return true;
    }

    // A comma, after which the end may come, or the end itself, which stays.
    private bool Separated(char end)
    {
        var next = Next();
        if (next == ',')
        {
            _at++;
            return true;
        }

        return next == end;
    }

    private string? Quoted()
    {
        var quote = _text[_at++];
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var letter = _text[_at++];
            if (letter == quote)
            {
                return text.ToString();
            }

            if (letter is '\n' or '\r' || (letter == '\\' && (letter = Escaped() ?? '\0') == '\0'))
            {
                return null;
            }

            text.Append(letter);
        }

        return null;
    }

    private char? Escaped()
    {
        var letter = _at < _text.Length ? _text[_at++] : '\0';
        switch (letter)
        {
            case 'b':
                return '\b';
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case '"' or '\'' or '\\' or '/':
                return letter;
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(
                _text.AsSpan(_at, 4), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                return null;
        }
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] >= ' ' && !EndOfWord.Contains(_text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        return _text[start.._at].Trim();
    }

    private bool Write(string word)
    {
        switch (word.ToUpperInvariant())
        {
            case "TRUE":
                _writer.WriteBooleanValue(true);
                break;
            case "FALSE":
                _writer.WriteBooleanValue(false);
                break;
            case "NULL":
                _writer.WriteNullValue();
                break;
            default:
                if (IsNumber(word))
                {
                    _writer.WriteRawValue(word);
                }
                else
                {
                    _writer.WriteStringValue(word);
                }

                break;
        }

        return true;
    }

    private static bool IsNumber(string word)
    {
        if (word[0] is not ('-' or (>= '0' and <= '9')))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(word);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The next letter that is no white space, which stays; nothing at the end.
    private char Next()
    {
        while (_at < _text.Length && _text[_at] <= ' ')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }
}
