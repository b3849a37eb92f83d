namespace SynapseFs.Core.Searching;

/// <summary>How far a walk is, and what it could not look at.</summary>
/// <param name="Seen">Nodes whose attributes were known or found out.</param>
/// <param name="Asked">Directories that were listed and nodes that were described remotely for it.</param>
/// <param name="Unlisted">Directories of which not every name is known.</param>
/// <param name="Undescribed">Nodes whose attributes are not known.</param>
/// <param name="Problem">Why the last of what is not known could not be found out; null when nothing went wrong.</param>
public sealed record WalkStanding(long Seen, long Asked, long Unlisted, long Undescribed, string? Problem)
{
    public static readonly WalkStanding Beginning = new(0, 0, 0, 0, null);

    /// <summary>Whether everything was looked at.</summary>
    public bool IsComplete => Unlisted == 0 && Undescribed == 0;
}
