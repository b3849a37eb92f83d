using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Which queues a list shows. <paramref name="ActiveAt"/> is Unix milliseconds, null: the inactive ones as well.</summary>
internal sealed record EvaluationFilter(string Access, long? ProjectId, string? IdsJson, long? ActiveAt)
{
    public static EvaluationFilter Parse(string? access, string? project, string? ids, long? activeAt) => new(
        EvaluationAccess.CheckType(access ?? AccessTypes.Read), project is null ? null : EntityIds.Parse(project), Ids(ids), activeAt);

    private static string? Ids(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var numbers = text.Split(',').Select(part =>
            long.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var id)
                ? EntityShape.Text(id)
                : throw ServiceException.BadRequest($"Expected an evaluation ID but found {part}"));
        return $"[{string.Join(',', numbers)}]";
    }
}
