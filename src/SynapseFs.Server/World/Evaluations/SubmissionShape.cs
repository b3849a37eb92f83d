using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Rows to the records of the wire.</summary>
internal static class SubmissionShape
{
    public static Submission Submission(SubmissionRow row, IReadOnlyList<SubmissionContributor> contributors) => new()
    {
        Id = EntityShape.Text(row.Id),
        UserId = EntityShape.Text(row.UserId),
        SubmitterAlias = row.SubmitterAlias,
        EvaluationId = EntityShape.Text(row.EvaluationId),
        EvaluationRoundId = row.RoundId is { } round ? EntityShape.Text(round) : null,
        EntityId = EntityIds.Text(row.EntityId),
        EntityBundleJson = row.EntityBundle,
        VersionNumber = row.VersionNumber,
        DockerRepositoryName = row.DockerRepositoryName,
        DockerDigest = row.DockerDigest,
        Name = row.Name,
        CreatedOn = EntityShape.Date(row.CreatedOn),
        TeamId = row.TeamId is { } team ? EntityShape.Text(team) : null,
        Contributors = contributors,
    };

    public static SubmissionStatus Status(SubmissionRow row) => new()
    {
        Id = EntityShape.Text(row.Id),
        Etag = row.Etag,
        ModifiedOn = EntityShape.Date(row.ModifiedOn),
        Status = row.Status,
        Score = row.Score,
        Report = row.Report,
        Annotations = row.LegacyAnnotations,
        SubmissionAnnotations = row.Annotations is null
            ? null
            : new Annotations { Id = EntityShape.Text(row.Id), Etag = row.Etag, Values = row.Annotations },
        EntityId = EntityIds.Text(row.EntityId),
        VersionNumber = row.VersionNumber,
        StatusVersion = row.StatusVersion,
        CanCancel = row.CanCancel,
        CancelRequested = row.CancelRequested,
    };
}
