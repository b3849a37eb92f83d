namespace SynapseFs.Server.Http;

/// <summary>OAuth scopes a route asks of a token.</summary>
[Flags]
internal enum Scopes
{
    None = 0,
    View = 1,
    Download = 2,
    Modify = 4,
    Authorize = 8,
}
