using SynapseFs.Client;

namespace SynapseFs.Cli;

/// <summary>The remedy beside what the client says went wrong.</summary>
internal static class SynapseProblem
{
    public static string Explain(SynapseException problem) => problem.Failure switch
    {
        SynapseFailure.Unauthorized => $"{Sentence(problem)} The token is bad or expired; make a new one at https://www.synapse.org/PersonalAccessTokens: and give it to: synapsefs login",
        SynapseFailure.Offline => $"{Sentence(problem)} Check the network and the address (--endpoint, or [endpoints] in ~/.synapseConfig); synapsefs doctor tells more.",
        SynapseFailure.Unavailable => $"{Sentence(problem)} Synapse is in trouble or under maintenance; try again later.",
        SynapseFailure.Throttled => $"{Sentence(problem)} Synapse limits how often it may be asked; try again in a minute.",
        _ => problem.Message,
    };

    private static string Sentence(SynapseException problem) => problem.Message.EndsWith('.') ? problem.Message : problem.Message + ".";
}
