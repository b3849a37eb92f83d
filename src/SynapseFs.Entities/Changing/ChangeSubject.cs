namespace SynapseFs.Entities.Changing;

/// <summary>What a change is about, for telling refusals apart and for their words.</summary>
/// <param name="What">How a person knows it.</param>
/// <param name="Id">The entity's id; null for one that is to be made.</param>
/// <param name="Parent">The id of the project or folder that it is to be in; null where it stays or that does not matter.</param>
internal sealed record ChangeSubject(string What, string? Id, string? Parent);
