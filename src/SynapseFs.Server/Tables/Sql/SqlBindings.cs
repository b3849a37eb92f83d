using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>The values of a statement: whatever a user wrote stands here and never in the text.</summary>
internal sealed class SqlBindings
{
    private readonly List<object?> _values = [];

    public IReadOnlyList<object?> Values => _values;

    public string Add(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{_values.Count - 1}");
    }

    /// <summary>Many values as one, which <c>json_each</c> lists: SQLite bounds the number of parameters, users do not.</summary>
    public string AddList(IEnumerable<object?> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var value in values)
            {
                switch (value)
                {
                    case null:
                        writer.WriteNullValue();
                        break;
                    case long number:
                        writer.WriteNumberValue(number);
                        break;
                    case double real:
                        writer.WriteNumberValue(real);
                        break;
                    default:
                        writer.WriteStringValue((string)value);
                        break;
                }
            }

            writer.WriteEndArray();
        }

        return $"(SELECT value FROM json_each({Add(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)))}))";
    }
}
