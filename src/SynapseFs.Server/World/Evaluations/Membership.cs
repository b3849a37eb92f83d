namespace SynapseFs.Server.World.Evaluations;

/// <summary>Who belongs to a team: what queues and challenges ask of the teams.</summary>
internal sealed class Membership
{
    public Func<long, IReadOnlyList<long>> Of { get; set; } = _ => [];
}
