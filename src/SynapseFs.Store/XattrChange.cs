namespace SynapseFs.Store;

/// <summary>One extended attribute that is wanted otherwise than the remote side has it.</summary>
/// <param name="Value">As it is shown; null: it is to go.</param>
/// <param name="Form">The provider's own note on how the value is to be understood; null: by its text.</param>
/// <param name="Base">The value that was shown when it was first changed; null: there was none.</param>
public sealed record XattrChange(string? Value, string? Form, string? Base)
{
    /// <summary>Whether <see cref="Base"/> says anything; where it does not, whatever is there may be replaced.</summary>
    public bool IsBaseKnown { get; init; } = true;
}
