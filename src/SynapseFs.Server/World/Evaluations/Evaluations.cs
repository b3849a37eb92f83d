using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Queues are made, found, changed and deleted. Source: EvaluationManagerImpl.</summary>
internal sealed class Evaluations(
    EvaluationTable table, EvaluationAccess access, Rounds rounds, SubmissionTable submissions, Access entities, ChangeLog changes,
    TimeProvider time)
{
    public Evaluation Create(Caller caller, Evaluation body)
    {
        RoundRules.Check(body.Quota);
        if (string.IsNullOrEmpty(body.ContentSource))
        {
            throw ServiceException.BadRequest(
                "Evaluation null is missing content source (are you sure there is Synapse entity for it?).");
        }

        var project = RequireProject(caller, body.ContentSource);
        var row = Fill(body, new EvaluationRow
        {
            Id = table.NewId(),
            Etag = Stamp.NewEtag(),
            Name = FreeName(body.Name, except: null),
            ProjectId = project,
            OwnerId = caller.Id,
            CreatedOn = Now,
            BatchToken = Stamp.NewEtag(),
        });
        table.Put(row);
        access.Begin(row);
        return Shape(row);
    }

    public Evaluation Get(Caller caller, long id) => Shape(access.Require(caller, id, AccessTypes.Read));

    /// <summary>What may not be read is told as if it were not there.</summary>
    public Evaluation Find(Caller caller, string name) =>
        table.Find(name) is { } row && access.May(caller, row.Id, AccessTypes.Read)
            ? Shape(row)
            : throw ServiceException.NotFound($"No Evaluation found with name {name}");

    public EvaluationPage List(Caller caller, EvaluationFilter filter, OffsetPage page)
    {
        Evaluation[] results = [.. table.List(caller, filter, page).Select(Shape)];
        return new EvaluationPage { Results = results, TotalNumberOfResults = page.Total(results.Length) };
    }

    public Evaluation Update(Caller caller, string pathId, Evaluation body)
    {
        if (body.Id != pathId)
        {
            throw ServiceException.BadRequest($"Evaluation ID does not match requested ID: {pathId}");
        }

        RoundRules.Check(body.Quota);
        var known = access.Require(caller, EntityIds.ParseNumber(pathId, "evaluation ID"), AccessTypes.Update);
        if (body.Quota is not null && rounds.Exist(known.Id))
        {
            throw ServiceException.BadRequest(
                "DEPRECATED! SubmissionQuota is a DEPRECATED feature and can not co-exist with EvaluationRounds. "
                + "You must first delete your Evaluation's EvaluationRounds in order to use SubmissionQuota.");
        }

        RequireEtag(known, body.Etag);
        var project = EntityIds.Parse(body.ContentSource);
        if (project != known.ProjectId)
        {
            RequireProject(caller, body.ContentSource);
        }

        var row = Fill(body, known with
        {
            Etag = Stamp.NewEtag(),
            Name = FreeName(body.Name, except: known.Id),
            ProjectId = project,
        });
        table.Put(row);
        return Shape(row);
    }

    public void Delete(Caller caller, long id)
    {
        access.Require(caller, id, AccessTypes.Delete);
        if (!access.May(caller, id, AccessTypes.ChangePermissions))
        {
            throw ServiceException.Forbidden($"User {caller.Id} not authorized to change permissions on evaluation {id}");
        }

        foreach (var submission in submissions.IdsOf(id))
        {
            changes.Add(SubmissionTable.ChangeType, submission, ChangeLog.Delete);
        }

        access.End(id);
        table.Delete(id);
    }

    /// <summary>The deprecated quota becomes rounds.</summary>
    public void MigrateQuota(Caller caller, long id)
    {
        var row = access.Require(caller, id, AccessTypes.Update);
        if (row.Quota is not { } quota)
        {
            throw ServiceException.BadRequest("The evaluation does not have a SubmissionQuota to convert");
        }

        foreach (var round in RoundRules.FromQuota(quota, EntityShape.Date(row.CreatedOn)))
        {
            rounds.Add(id, round);
        }

        table.Put(row with { Quota = null, Etag = Stamp.NewEtag() });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long RequireProject(Caller caller, string? contentSource)
    {
        var standing = entities.Examine(caller, EntityIds.Parse(contentSource));
        if (!standing.May(AccessTypes.Create))
        {
            throw ServiceException.Forbidden(
                $"User {caller.Id} must have CREATE right on the entity {contentSource} in order to create a evaluation based on it.");
        }

        return standing.Node.Kind == EntityKind.Project
            ? standing.Node.Id
            : throw ServiceException.BadRequest(
                $"Evaluation null could not be created because the parent entity {contentSource} is not a project.");
    }

    private string FreeName(string? asked, long? except)
    {
        var name = NameRule.Check(asked ?? throw ServiceException.BadRequest("name is required."));
        return table.Find(name) is { } other && other.Id != except
            ? throw ServiceException.Conflict($"An Evaluation already exists with the name '{name}'")
            : name;
    }

    private static void RequireEtag(EvaluationRow row, string? etag)
    {
        if (etag != row.Etag)
        {
            throw ServiceException.Stale(
                $"Evaluation: {row.Id} has been updated since you last fetched it; please retrieve it again and re-apply the update");
        }
    }

    private static EvaluationRow Fill(Evaluation body, EvaluationRow row) => row with
    {
        Description = body.Description,
        Instructions = body.SubmissionInstructionsMessage,
        Receipt = body.SubmissionReceiptMessage,
        Quota = body.Quota,
    };

    private static Evaluation Shape(EvaluationRow row) => new()
    {
        Id = EntityShape.Text(row.Id),
        Etag = row.Etag,
        Name = row.Name,
        Description = row.Description,
        OwnerId = EntityShape.Text(row.OwnerId),
        CreatedOn = EntityShape.Date(row.CreatedOn),
        ContentSource = EntityIds.Text(row.ProjectId),
        SubmissionInstructionsMessage = row.Instructions,
        SubmissionReceiptMessage = row.Receipt,
        Quota = row.Quota,
    };
}
