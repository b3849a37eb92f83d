namespace SynapseFs.Server.World.Evaluations;

internal sealed record ChallengeRow(long Id, string Etag, long ProjectId, long ParticipantTeamId);
