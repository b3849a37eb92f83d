namespace SynapseFs.Server.Http;

/// <summary>What the pipeline must know of a route before its handler runs.</summary>
internal sealed record ServiceRoute(string Pattern, ServerService Service, Scopes Scopes);
