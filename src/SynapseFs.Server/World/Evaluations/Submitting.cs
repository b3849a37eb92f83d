using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>An entity's version is submitted to a queue. Source: SubmissionManagerImpl.createSubmission.</summary>
internal sealed class Submitting(
    SubmissionTable table, EvaluationTable evaluations, EvaluationAccess access, Rounds rounds, RoundTable roundTable,
    Eligibility eligibility,
    SynapseWorld world, TimeProvider time)
{
    private static readonly EntityBundleRequest Archived =
        new() { IncludeEntity = true, IncludeAnnotations = true, IncludeFileHandles = true };

    public Submission Create(Caller caller, Submission body, string? entityEtag, string? hash)
    {
        var entityId = EntityIds.Parse(body.EntityId);
        var bundle = world.Bundles.Read(caller, entityId, body.VersionNumber, Archived);
        if (body.EvaluationRoundId is not null)
        {
            throw ServiceException.BadRequest(
                "Please do not specify any evaluationRoundId. This will be filled automatically based upon the time of creation.");
        }

        if (string.IsNullOrEmpty(body.EvaluationId))
        {
            throw ServiceException.BadRequest("Evaluation ID cannot be null or empty.");
        }

        var evaluationId = EntityIds.ParseNumber(body.EvaluationId, "evaluation ID");
        access.RequireRight(caller, evaluationId, EvaluationAccess.Submit);
        var evaluation = evaluations.Get(evaluationId)!;
        var node = world.Nodes.Get(entityId)!;
        // The etag is that of the entity as it is now, whichever version is submitted.
        if (node.Etag != entityEtag)
        {
            throw ServiceException.BadRequest($"The supplied eTag is out of date. Please fetch Entity {body.EntityId} again.");
        }

        RefuseDocker(node, body);
        var now = time.GetUtcNow();
        var contributors = Contributors(caller, body);
        RequireEligible(caller, evaluation, body, contributors, hash, now);
        var row = new SubmissionRow
        {
            Id = table.NewId(),
            EvaluationId = evaluationId,
            RoundId = rounds.Exist(evaluationId) && roundTable.At(evaluationId, now)?.Id is { } round
                ? EntityIds.ParseNumber(round, "round id")
                : null,
            UserId = caller.Id,
            SubmitterAlias = body.SubmitterAlias,
            TeamId = string.IsNullOrEmpty(body.TeamId) ? null : EntityIds.ParseNumber(body.TeamId, "teamId"),
            EntityId = entityId,
            VersionNumber = body.VersionNumber ?? throw ServiceException.BadRequest("Entity Version is required."),
            EntityBundle = Archive(bundle),
            Name = body.Name ?? node.Name,
            CreatedOn = now.ToUnixTimeMilliseconds(),
            Etag = Stamp.NewEtag(),
            ModifiedOn = now.ToUnixTimeMilliseconds(),
            Status = SubmissionRules.Received,
            StatusVersion = 0,
        };
        table.Insert(row, contributors, (bundle.FileHandles ?? []).Select(handle => EntityIds.ParseNumber(handle.Id, "fileHandleId")));
        evaluations.RenewBatchToken(evaluationId);
        return SubmissionShape.Submission(row, table.Contributors(row.Id));
    }

    // No registry here holds commits, so no docker repository has any digest.
    private static void RefuseDocker(NodeRow node, Submission body)
    {
        if (node.Kind.ShortName == "dockerrepo")
        {
            throw ServiceException.BadRequest(body.DockerDigest is { Length: > 0 } digest
                ? $"The given Docker Repository, {node.IdText}, does not have digest {digest}"
                : "Docker Digest is required.");
        }
    }

    private static List<long> Contributors(Caller caller, Submission body)
    {
        var told = (body.Contributors ?? []).Select(contributor => EntityIds.ParseNumber(
            contributor?.PrincipalId ?? throw ServiceException.BadRequest("A contributor must have a principalId."), "principalId"));
        return [.. told.Append(caller.Id).Distinct()];
    }

    private void RequireEligible(
        Caller caller, EvaluationRow evaluation, Submission body, List<long> contributors, string? hash, DateTimeOffset now)
    {
        if (!string.IsNullOrEmpty(body.TeamId) && hash is not null)
        {
            eligibility.RequireTeam(evaluation, EntityIds.ParseNumber(body.TeamId, "teamId"), contributors, hash, now);
        }
        else if (string.IsNullOrEmpty(body.TeamId) && hash is null && contributors.Count == 1)
        {
            eligibility.RequireAlone(caller, evaluation, now);
        }
        else
        {
            throw ServiceException.BadRequest("Submission is neither a valid Team or Individual Submission.");
        }
    }

    private static string Archive(EntityBundle bundle) => JsonSerializer.Serialize(
        new SubmissionEntityBundle
        {
            Entity = bundle.Entity,
            EntityType = bundle.Entity?.ConcreteType,
            Annotations = SubmissionRules.Legacy(bundle.Annotations!),
            FileHandles = bundle.FileHandles ?? [],
        },
        EvaluationJson.Default.SubmissionEntityBundle);
}
