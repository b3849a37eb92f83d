namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// What a dataset or a collection holds one of; in a row's place, an entity at a version or, without one, at its current one.
/// </summary>
internal readonly record struct ViewItem(long? Id, long? Version);
