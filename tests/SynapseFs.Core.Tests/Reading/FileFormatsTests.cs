using SynapseFs.Core.Reading;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class FileFormatsTests
{
    [TestCase("a.bam", "a.bam.csi a.csi a.bam.bai a.bai")]
    [TestCase("A.BAM", "A.BAM.csi A.csi A.BAM.bai A.bai")]
    [TestCase("a.cram", "a.cram.crai a.crai")]
    [TestCase("a.vcf.gz", "a.vcf.gz.csi a.vcf.gz.tbi")]
    [TestCase("a.bed.bgz", "a.bed.bgz.csi a.bed.bgz.tbi")]
    [TestCase("a.bcf", "a.bcf.csi")]
    [TestCase("a.vcf", "a.vcf.idx")]
    [TestCase("hg38.fa", "hg38.fa.fai")]
    [TestCase("hg38.fasta.gz", "hg38.fasta.gz.fai, hg38.fasta.gz.gzi")]
    [TestCase("a.bai", "")]
    [TestCase(".bam", "")]
    [TestCase("bam", "")]
    [TestCase("notes.txt", "")]
    public void The_names_of_indexes_follow_from_the_name(string name, string indexes) =>
        Assert.That(string.Join(", ", FileFormats.IndexesOf(name).Select(names => string.Join(' ', names))), Is.EqualTo(indexes));

    [TestCase("a.parquet", true)]
    [TestCase("a.Zip", true)]
    [TestCase("a.bam", true)]
    [TestCase("a.tar", false)]
    [TestCase("a.vcf.gz", false)]
    [TestCase("zip", false)]
    public void Some_files_are_looked_at_from_their_end(string name, bool isSo) =>
        Assert.That(FileFormats.IsLookedAtFromTheEnd(name), Is.EqualTo(isSo));
}
