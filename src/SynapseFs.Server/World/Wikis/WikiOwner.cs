namespace SynapseFs.Server.World.Wikis;

/// <summary>To whom a wiki belongs. <paramref name="Text"/> is the id as the caller wrote it: refusals repeat it.</summary>
internal sealed record WikiOwner(string Type, long Id, string Text)
{
    public const string Entity = "ENTITY";
    public const string Evaluation = "EVALUATION";
    public const string AccessRequirement = "ACCESS_REQUIREMENT";
}
