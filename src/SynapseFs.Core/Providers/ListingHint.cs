namespace SynapseFs.Core.Providers;

/// <summary>What a listing is wanted for; a provider that can fill in details cheaply does so when they are.</summary>
public enum ListingHint
{
    NamesOnly,
    WithDetails,
}
