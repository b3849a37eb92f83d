using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Projects that are challenges: who takes part, and which teams are registered.</summary>
internal sealed class Challenges(Database database)
{
    private const string Columns = "id, etag, project_id, participant_team_id";

    public ChallengeRow? OfProject(long projectId) => database.First(
        $"SELECT {Columns} FROM challenges WHERE project_id = @0",
        row => new ChallengeRow(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)), projectId);

    public bool IsRegistered(long challenge, long team) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM challenge_teams WHERE challenge_id = @0 AND team_id = @1)", challenge, team) == 1;
}
