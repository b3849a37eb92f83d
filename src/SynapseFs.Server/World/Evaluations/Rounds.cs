using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>The rounds of a queue. Source: EvaluationManagerImpl.</summary>
internal sealed class Rounds(RoundTable table, EvaluationAccess access, TimeProvider time)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(1);

    public bool Exist(long evaluation) => table.Exist(evaluation);

    public void Add(long evaluation, EvaluationRound round) => table.Put(evaluation, round);

    /// <summary>
    /// The round to submit to now; null: closed. A queue without rounds goes by its quota, without both it is always open.
    /// </summary>
    public EvaluationRound? Current(EvaluationRow evaluation, DateTimeOffset now) =>
        table.Exist(evaluation.Id) ? table.At(evaluation.Id, now) : RoundRules.Current(evaluation.Quota, now);

    public EvaluationRound Create(Caller caller, string pathId, EvaluationRound body)
    {
        if (body.EvaluationId != pathId)
        {
            throw ServiceException.BadRequest(
                $"EvaluationId in URL path:{pathId} does not match evaluationId in request body:{body.EvaluationId}");
        }

        var evaluation = RequireWithoutQuota(caller, pathId);
        var (start, end) = Span(body);
        var now = time.GetUtcNow();
        if (now - Leeway > start)
        {
            throw ServiceException.BadRequest("Can not create an EvaluationRound with a start date in the past.");
        }

        if (now > end)
        {
            throw ServiceException.BadRequest("Can not create an EvaluationRound with an end date in the past.");
        }

        Check(evaluation.Id, body, except: -1);
        return table.Put(evaluation.Id, body with { Id = null });
    }

    public EvaluationRound Get(Caller caller, long evaluation, long id)
    {
        access.Require(caller, evaluation, AccessTypes.Read);
        return Known(evaluation, id);
    }

    public EvaluationRoundListResponse List(Caller caller, long evaluation, PageToken page)
    {
        access.Require(caller, evaluation, AccessTypes.Read);
        var fetched = table.List(evaluation, page);
        return new EvaluationRoundListResponse { Page = page.Page(fetched), NextPageToken = page.Next(fetched.Count) };
    }

    public EvaluationRound Update(Caller caller, string pathEvaluation, string pathId, EvaluationRound body)
    {
        if (body.EvaluationId != pathEvaluation)
        {
            throw ServiceException.BadRequest(
                $"evalId in URL path:{pathEvaluation} does not match evaluationId in request body:{body.EvaluationId}");
        }

        if (body.Id != pathId)
        {
            throw ServiceException.BadRequest($"roundId in URL path:{pathId} does not match id in request body:{body.Id}");
        }

        var evaluation = RequireWithoutQuota(caller, pathEvaluation);
        var id = EntityIds.ParseNumber(pathId, "round id");
        var known = Known(evaluation.Id, id);
        var (start, end) = Span(body);
        var now = time.GetUtcNow();
        if (start != known.RoundStart && now > start && table.HasSubmissions(id))
        {
            throw ServiceException.BadRequest(
                "Cannot update an EvaluationRound's start date after it has already started and Submissions have been made.");
        }

        if (end != known.RoundEnd && now > end)
        {
            throw ServiceException.BadRequest("Can not update an EvaluationRound's end date to a time in the past.");
        }

        Check(evaluation.Id, body, except: id);
        return body.Etag == known.Etag
            ? table.Put(evaluation.Id, body)
            : throw ServiceException.Stale(
                $"EvaluationRound: {id} has been updated since you last fetched it; please retrieve it again and re-apply the update");
    }

    public void Delete(Caller caller, long evaluation, long id)
    {
        access.Require(caller, evaluation, AccessTypes.Update);
        var known = Known(evaluation, id);
        if (time.GetUtcNow() > known.RoundStart && table.HasSubmissions(id))
        {
            throw ServiceException.BadRequest(
                "Can not delete an EvaluationRound after it has already started and Submissions have been made");
        }

        table.Delete(id);
    }

    private EvaluationRow RequireWithoutQuota(Caller caller, string id)
    {
        var evaluation = access.Require(caller, EntityIds.ParseNumber(id, "evaluation ID"), AccessTypes.Update);
        return evaluation.Quota is null
            ? evaluation
            : throw ServiceException.BadRequest(
                "A SubmissionQuota, which is deprecated, must not be defined for an Evaluation. You must first remove your Evaluation's "
                + "SubmissionQuota or convert the SubmissionQuota into EvaluationRounds automatically to via the EvaluationRound migration "
                + "service");
    }

    private EvaluationRound Known(long evaluation, long id) => table.Get(evaluation, id) ?? throw ServiceException.NotFound(
        $"Evaluation Round with id={id}, belonging to Evaluation id={evaluation}, could not be found.");

    private static (DateTimeOffset Start, DateTimeOffset End) Span(EvaluationRound body) => (
        body.RoundStart ?? throw ServiceException.BadRequest("roundStart is required."),
        body.RoundEnd ?? throw ServiceException.BadRequest("roundEnd is required."));

    private void Check(long evaluation, EvaluationRound body, long except)
    {
        var (start, end) = Span(body);
        if (start > end)
        {
            throw ServiceException.BadRequest("EvaluationRound can not end before it starts");
        }

        if (table.Overlapping(evaluation, start, end, except) is { Count: > 0 } others)
        {
            throw ServiceException.BadRequest(
                $"This round's date range overlaps with the following round IDs: [{string.Join(", ", others)}]");
        }

        RoundRules.Check(body.Limits);
    }
}
