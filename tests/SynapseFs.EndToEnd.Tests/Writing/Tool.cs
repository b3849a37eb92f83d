namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>
/// Programs at work in a directory: a script for bash that is the same everywhere. It begins in an empty directory of its own, may
/// keep things on the local disk in $OUT, and prints only what must not depend on where it ran.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Needs">Programs without which there is nothing to try.</param>
/// <param name="Script">What is done.</param>
internal sealed record Tool(string Name, string[] Needs, string Script)
{
    /// <summary>Names (as bash patterns for find's -path) whose presence or bytes differ from one run to the next.</summary>
    public string[] Varying { get; init; } = [];

    public override string ToString() => Name;
}
