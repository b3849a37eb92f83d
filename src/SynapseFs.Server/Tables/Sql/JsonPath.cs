using System.Globalization;
using System.Text.Json;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// MySQL's JSON paths: <c>$.name</c>, <c>$."a name"</c>, <c>$[0]</c>, <c>$[*]</c>, <c>$.*</c>. A broken path finds nothing.
/// </summary>
internal sealed record JsonPath(IReadOnlyList<JsonPath.Step> Steps, bool IsMany)
{
    private const string Any = "*";

    public static JsonPath Parse(string path)
    {
        var steps = new List<Step>();
        var at = path.StartsWith('$') ? 1 : 0;
        while (at < path.Length)
        {
            var step = path[at] switch
            {
                '.' => Member(path, ref at),
                '[' => Index(path, ref at),
                _ => null,
            };
            if (step is null)
            {
                return new JsonPath([new Step(null, -1)], IsMany: false);
            }

            steps.Add(step);
        }

        return new JsonPath(steps, steps.Exists(step => step.IsAny));
    }

    public void Find(JsonElement root, List<JsonElement> found)
    {
        List<JsonElement> here = [root];
        foreach (var step in Steps)
        {
            here = [.. here.SelectMany(step.From)];
        }

        found.AddRange(here);
    }

    private static Step? Member(string path, ref int at)
    {
        var start = ++at;
        if (start < path.Length && path[start] == '"')
        {
            var close = path.IndexOf('"', start + 1);
            at = close < 0 ? path.Length : close + 1;
            return close < 0 ? null : new Step(path[(start + 1)..close], -1);
        }

        while (at < path.Length && path[at] is not ('.' or '['))
        {
            at++;
        }

        var name = path[start..at];
        return name.Length == 0 ? null : new Step(name, -1) { IsAny = name == Any };
    }

    private static Step? Index(string path, ref int at)
    {
        var close = path.IndexOf(']', at);
        var inner = close < 0 ? "" : path[(at + 1)..close].Trim();
        at = close < 0 ? path.Length : close + 1;
        return inner == Any ? new Step(null, 0) { IsAny = true }
            : int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new Step(null, index)
            : null;
    }

    /// <summary>A member by name, or an element by index; any of them when <see cref="IsAny"/>.</summary>
    internal sealed record Step(string? Name, int Index)
    {
        public bool IsAny { get; init; }

        public IEnumerable<JsonElement> From(JsonElement element)
        {
            if (Name is not null && element.ValueKind == JsonValueKind.Object)
            {
                return IsAny ? element.EnumerateObject().Select(member => member.Value)
                    : element.TryGetProperty(Name, out var value) ? [value]
                    : [];
            }

            if (Name is not null || Index < 0)
            {
                return [];
            }

            if (element.ValueKind != JsonValueKind.Array)
            {
                // A single value counts as an array of one.
                return Index == 0 && !IsAny ? [element] : [];
            }

            return IsAny ? element.EnumerateArray() : Index < element.GetArrayLength() ? [element[Index]] : [];
        }
    }
}
