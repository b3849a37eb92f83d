using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Submissions are read and deleted; how they are made is in <see cref="Submitting"/>. Source: SubmissionManagerImpl.</summary>
internal sealed class Submissions(
    SubmissionTable table, EvaluationTable evaluations, EvaluationAccess access, SubmissionStatuses statuses, FileHandles fileHandles)
{
    private const long MaxLimit = 100;

    public static ServiceException Unknown(long id) => ServiceException.NotFound($"Submission '{id}' does not exist");

    /// <summary>Lists of submissions show at most 100 at a time.</summary>
    public static OffsetPage Page(string? offset, string? limit)
    {
        var page = OffsetPage.Parse(offset, limit, defaultLimit: 10);
        return page.Limit <= MaxLimit ? page : throw ServiceException.BadRequest($"limit must be between 0 and {MaxLimit}");
    }

    /// <summary>Not even the submitter may, without the right to read private submissions.</summary>
    public Submission Get(Caller caller, long id) => Shape(Require(caller, id));

    public SubmissionPage List(Caller caller, long evaluation, string? status, OffsetPage page)
    {
        access.RequireRight(caller, evaluation, EvaluationAccess.ReadPrivate);
        return PageOf(table.List(evaluation, status, user: null, page), page);
    }

    public SubmissionBundlePage Bundles(Caller caller, long evaluation, string? status, OffsetPage page)
    {
        access.RequireRight(caller, evaluation, EvaluationAccess.ReadPrivate);
        return BundlesOf(caller, table.List(evaluation, status, user: null, page), page);
    }

    public SubmissionPage Own(Caller caller, long evaluation, OffsetPage page) =>
        PageOf(table.List(evaluation, status: null, caller.Id, page), page);

    public SubmissionBundlePage OwnBundles(Caller caller, long evaluation, OffsetPage page) =>
        BundlesOf(caller, table.List(evaluation, status: null, caller.Id, page), page);

    public long Count(Caller caller, long evaluation)
    {
        access.RequireRight(caller, evaluation, EvaluationAccess.ReadPrivate);
        return table.Count(evaluation);
    }

    public void Delete(Caller caller, long id)
    {
        var row = table.Get(id) ?? throw Unknown(id);
        access.RequireRight(caller, row.EvaluationId, EvaluationAccess.DeleteSubmission);
        table.Delete(id);
        evaluations.RenewBatchToken(row.EvaluationId);
    }

    /// <summary>A file that was part of the submission, whatever became of the entity.</summary>
    public FileHandleRow File(Caller caller, long id, long fileHandle)
    {
        Require(caller, id);
        return table.HasFile(id, fileHandle) && fileHandles.Get(fileHandle) is { } handle
            ? handle
            : throw ServiceException.NotFound($"Submission {id} does not contain the requested FileHandle {fileHandle}");
    }

    /// <summary>The rule of the association SubmissionAttachment.</summary>
    public bool MayDownload(Caller caller, FileHandleRow handle, string submission) =>
        EntityIds.ParseNumber(submission, "associateObjectId") is var id
        && table.Get(id) is { } row
        && table.HasFile(id, handle.Id)
        && access.May(caller, row.EvaluationId, EvaluationAccess.ReadPrivate);

    private SubmissionRow Require(Caller caller, long id)
    {
        var row = table.Get(id) ?? throw Unknown(id);
        access.RequireRight(caller, row.EvaluationId, EvaluationAccess.ReadPrivate);
        return row;
    }

    private SubmissionPage PageOf(IReadOnlyList<SubmissionRow> rows, OffsetPage page) =>
        new() { Results = [.. rows.Select(Shape)], TotalNumberOfResults = page.Total(rows.Count) };

    private SubmissionBundlePage BundlesOf(Caller caller, IReadOnlyList<SubmissionRow> rows, OffsetPage page) => new()
    {
        Results = [.. rows.Select(row => new SubmissionBundle { Submission = Shape(row), SubmissionStatus = statuses.Shown(caller, row) })],
        TotalNumberOfResults = page.Total(rows.Count),
    };

    private Submission Shape(SubmissionRow row) => SubmissionShape.Submission(row, table.Contributors(row.Id));
}
