using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>What becomes of submissions: read, scored one by one or in batches, cancelled. Source: SubmissionManagerImpl.</summary>
internal sealed class SubmissionStatuses(
    SubmissionTable table, EvaluationTable evaluations, EvaluationAccess access, TimeProvider time)
{
    private const int MaxBatch = 500;

    public SubmissionStatus Get(Caller caller, long id)
    {
        var row = table.Get(id) ?? throw ServiceException.NotFound($"Cannot find submission or status for id {id}");
        access.RequireRight(caller, row.EvaluationId, AccessTypes.Read);
        return Shown(caller, row);
    }

    public SubmissionStatusPage List(Caller caller, long evaluation, string? status, OffsetPage page)
    {
        access.RequireRight(caller, evaluation, AccessTypes.Read);
        SubmissionStatus[] results = [.. table.List(evaluation, status, user: null, page).Select(row => Shown(caller, row))];
        return new SubmissionStatusPage { Results = results, TotalNumberOfResults = page.Total(results.Length) };
    }

    /// <summary>The status as this caller may see it.</summary>
    public SubmissionStatus Shown(Caller caller, SubmissionRow row)
    {
        var status = SubmissionShape.Status(row);
        return access.May(caller, row.EvaluationId, EvaluationAccess.ReadPrivate) ? status : SubmissionRules.Public(status);
    }

    public SubmissionStatus Update(Caller caller, string pathId, SubmissionStatus body)
    {
        if (body.Id != pathId)
        {
            throw ServiceException.BadRequest($"Submission ID does not match requested ID: {pathId}");
        }

        var row = Existing(body);
        access.RequireRight(caller, row.EvaluationId, EvaluationAccess.ReadPrivate);
        access.RequireRight(caller, row.EvaluationId, EvaluationAccess.UpdateSubmission);
        SubmissionRules.Check(body);
        var written = Write(row, body);
        evaluations.RenewBatchToken(row.EvaluationId);
        return SubmissionShape.Status(written);
    }

    /// <summary>A batch is written as a whole or not at all; each but the first shows the token that the one before it gave.</summary>
    public BatchUploadResponse UpdateBatch(Caller caller, long evaluation, SubmissionStatusBatch batch)
    {
        var isFirst = batch.IsFirstBatch ?? throw ServiceException.BadRequest("isFirstBatch is required.");
        var isLast = batch.IsLastBatch ?? throw ServiceException.BadRequest("isLastBatch is required.");
        var statuses = batch.Statuses ?? throw ServiceException.BadRequest("statuses is required.");
        if (statuses.Count is 0 or > MaxBatch)
        {
            throw ServiceException.BadRequest(
                statuses.Count == 0 ? "statuses is required and must not be empty." : $"Batch size cannot exceed {MaxBatch}");
        }

        foreach (var status in statuses)
        {
            SubmissionRules.Check(status ?? throw ServiceException.BadRequest("SubmissionStatus is required."));
        }

        var rows = statuses.Select(Existing).ToList();
        if (rows.Any(row => row.EvaluationId != rows[0].EvaluationId))
        {
            throw ServiceException.BadRequest("Submission batch must be for a single Evaluation queue.");
        }

        if (rows[0].EvaluationId != evaluation)
        {
            throw ServiceException.BadRequest("Specified Evaluation ID does not match submissions in the batch.");
        }

        access.RequireRight(caller, evaluation, EvaluationAccess.UpdateSubmission);
        RequireToken(evaluation, isFirst, batch.BatchToken);
        if (rows.GroupBy(row => row.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ServiceException.BadRequest($"{twice.Key} occurs more than once in the SubmissonStatus batch.");
        }

        foreach (var (row, status) in rows.Zip(statuses))
        {
            Write(row, status);
        }

        var token = evaluations.RenewBatchToken(evaluation);
        return new BatchUploadResponse { NextUploadToken = isLast ? null : token };
    }

    /// <summary>The submitter's wish, where the scorer allows it.</summary>
    public void RequestCancellation(Caller caller, long id)
    {
        var row = table.Get(id) ?? throw Submissions.Unknown(id);
        if (row.UserId != caller.Id)
        {
            throw ServiceException.Forbidden("Only the user who submitted this submission could perform this action.");
        }

        if (row.CanCancel != true)
        {
            throw ServiceException.Forbidden("This submission is currently noncancellable.");
        }

        table.UpdateStatus(Changed(row) with { CancelRequested = true });
        evaluations.RenewBatchToken(row.EvaluationId);
    }

    private void RequireToken(long evaluation, bool isFirst, string? token)
    {
        if (isFirst)
        {
            return;
        }

        if (token is null)
        {
            throw ServiceException.BadRequest("batchToken is required.");
        }

        if (token != evaluations.Get(evaluation)!.BatchToken)
        {
            throw ServiceException.Stale("Your batch token is out of date.  You must restart upload from first batch.");
        }
    }

    private SubmissionRow Existing(SubmissionStatus body)
    {
        var id = EntityIds.ParseNumber(body.Id, "Submission ID");
        return table.Get(id) ?? throw Submissions.Unknown(id);
    }

    private SubmissionRow Write(SubmissionRow row, SubmissionStatus body)
    {
        if (string.IsNullOrEmpty(body.Etag))
        {
            throw ServiceException.BadRequest("eTag is required.");
        }

        if (body.StatusVersion is null)
        {
            throw ServiceException.BadRequest("Status version is required.");
        }

        if (body.Etag != row.Etag)
        {
            throw ServiceException.Stale(
                $"Submission Status: {row.Id} was updated since you last fetched it, retrieve it again and reapply the update");
        }

        var written = Changed(row) with
        {
            Status = body.Status!,
            Score = body.Score,
            Report = body.Report,
            CanCancel = body.CanCancel,
            CancelRequested = body.CancelRequested,
            LegacyAnnotations = SubmissionRules.Complete(
                body.Annotations, EntityShape.Text(row.Id), EntityShape.Text(row.EvaluationId)),
            Annotations = body.SubmissionAnnotations?.Values is { Count: > 0 } values ? values : null,
        };
        table.UpdateStatus(written);
        return written;
    }

    private SubmissionRow Changed(SubmissionRow row) => row with
    {
        Etag = Stamp.NewEtag(),
        ModifiedOn = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), row.ModifiedOn + 1),
        StatusVersion = row.StatusVersion + 1,
    };
}
